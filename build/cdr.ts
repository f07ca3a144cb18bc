import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildApplication } from './build-application.ts';
import { projectFolder } from './project.ts';

/**
 * The command line from a checkout. It runs in this process, so that standard input, signals and the exit code are its
 * own; relative paths are those of the folder in which npm was called.
 */
await buildApplication();
process.chdir(process.env.INIT_CWD ?? process.cwd());
createRequire(import.meta.url)(join(projectFolder, '.vite', 'build', 'cdr.cjs'));
