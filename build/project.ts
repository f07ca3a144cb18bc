import { join } from 'node:path';

/** The folder that holds package.json; all scripts work from here, wherever they were called from. */
export const projectFolder = join(import.meta.dirname, '..');

/** Where the scripts keep what is costly to get again. Gone with node_modules, on purpose. */
export const cacheFolder = join(projectFolder, 'node_modules', '.cache', 'cdr-desk');

/** Tells the person what is going on. Standard output is left alone: `app:where` prints its answer there. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
