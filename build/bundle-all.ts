import { build, type UserConfig } from 'vite';
import cliConfig from './vite.cli.config.ts';
import hashWorkerConfig from './vite.hash-worker.config.ts';
import mainConfig from './vite.main.config.ts';
import preloadConfig from './vite.preload.config.ts';
import rendererConfig from './vite.renderer.config.ts';
import writeWorkerConfig from './vite.write-worker.config.ts';

/** Builds main, preload, the two threads, command line and renderer into `.vite/`. */
export async function bundleAll(): Promise<void> {
  const configs = [mainConfig, preloadConfig, hashWorkerConfig, writeWorkerConfig, cliConfig, rendererConfig];
  for (const config of configs) await bundle(config);
}

/** Whoever builds, a test run too, gets what ships: libraries and compilers go by this variable. */
async function bundle(config: UserConfig): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ ...config, configFile: false, logLevel: 'warn', clearScreen: false });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}
