import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { Rolldown, UserConfig } from 'vite';
import { projectFolder } from './project.ts';

type RolldownOutput = Pick<Rolldown.OutputOptions, 'codeSplitting' | 'chunkFileNames'>;

/**
 * How `electron/<entry>.ts` becomes `.vite/build/<name>.cjs`: one CommonJS file with every library in it, so that
 * the packaged application needs no node_modules. Only Electron and Node's own modules stay outside.
 * Not minified: stack traces in a log stay readable, and the file is read from disk.
 */
export function nodeBundle(
  entry: 'main' | 'preload' | 'cli' | 'manifest/hash-worker' | 'downloads/write-worker',
  name: string = entry,
  output: RolldownOutput = { codeSplitting: false },
): UserConfig {
  return {
    root: projectFolder,
    publicDir: false,
    resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
    build: {
      target: 'node18',
      outDir: join(projectFolder, '.vite', 'build'),
      emptyOutDir: false,
      minify: false,
      lib: {
        entry: join(projectFolder, 'electron', `${entry}.ts`),
        formats: ['cjs'],
        fileName: () => `${name}.cjs`,
      },
      rolldownOptions: {
        platform: 'node',
        external: ['electron', ...builtinModules, /^electron\//, /^node:/],
        output,
      },
    },
  };
}
