import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, say } from './project.ts';

const outputFolder = join(projectFolder, '.vite');
const stampFile = join(outputFolder, 'built-from');

/** Everything that a change of must lead to a new build. */
const inputs = [
  'electron/**/*.*',
  'renderer/**/*.*',
  'build/vite.*.ts',
  'build/node-bundle.ts',
  'build/build-application.ts',
  'build/bundle-all.ts',
  'package.json',
  'package-lock.json',
];

/** Builds the application into `.vite/`; does nothing when what is there was made from the same sources. */
export async function buildApplication(): Promise<void> {
  const fingerprint = fingerprintOfInputs();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return;
  const started = performance.now();
  rmSync(outputFolder, { recursive: true, force: true });
  // Loading the tools takes longer than finding out that they are not needed.
  const { bundleAll } = await import('./bundle-all.ts');
  await bundleAll();
  writeFileSync(stampFile, fingerprint);
  say(`Built the application in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
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
