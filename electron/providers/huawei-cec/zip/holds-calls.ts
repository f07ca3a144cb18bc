import { open } from 'node:fs/promises';
import { kindOf } from './tables.ts';
import { readDirectory } from './zip-directory.ts';

/** True for a ZIP with a table of calls. Rejects with an error of the disk. */
export async function holdsCalls(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const entries = await readDirectory(file, (await file.stat()).size);
    return entries?.some((entry) => kindOf(entry) === 'call') ?? false;
  } finally {
    await file.close();
  }
}
