import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type UserConfig } from 'vite';
import { projectFolder, say } from './project.ts';
import mainConfig from './vite.main.config.ts';
import preloadConfig from './vite.preload.config.ts';
import rendererConfig from './vite.renderer.config.ts';

const outputFolder = join(projectFolder, '.vite');
const stampFile = join(outputFolder, 'built-from');

/** Everything that a change of must lead to a new build. */
const inputs = [
  'electron/**/*.*',
  'renderer/**/*.*',
  'build/vite.*.ts',
  'build/node-bundle.ts',
  'build/build-application.ts',
  'package.json',
  'package-lock.json',
];

/** Builds main, preload and renderer into `.vite/`; does nothing when what is there was made from the same sources. */
export async function buildApplication(): Promise<void> {
  const fingerprint = fingerprintOfInputs();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return;
  const started = performance.now();
  rmSync(outputFolder, { recursive: true, force: true });
  for (const config of [mainConfig, preloadConfig, rendererConfig]) await bundle(config);
  writeFileSync(stampFile, fingerprint);
  say(`Built the application in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
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

function fingerprintOfInputs(): string {
  const hash = createHash('sha256');
  const files = globSync(inputs, { cwd: projectFolder }).sort();
  for (const file of files) {
    const content = readFileSync(join(projectFolder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
