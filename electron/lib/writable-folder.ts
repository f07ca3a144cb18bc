import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the folder where there is none, and throws what the system says when no file can be written into it. */
export function ensureWritable(folder: string): void {
  mkdirSync(folder, { recursive: true });
  // Asking for the rights is not enough: on Windows they say little about what may be written.
  const probe = join(folder, `write-test-${process.pid}`);
  writeFileSync(probe, '');
  rmSync(probe);
}
