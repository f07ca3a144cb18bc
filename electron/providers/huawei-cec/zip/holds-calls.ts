import { open } from 'node:fs/promises';
import { readDirectory } from './zip-directory.ts';

/** True for a ZIP with a table of calls, `..._call.csv` or `..._call_2.csv`. Rejects with an error of the disk. */
export async function holdsCalls(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const entries = await readDirectory(file, (await file.stat()).size);
    return entries?.some(({ name }) => /_call(_\d+)?\.csv$/i.test(name)) ?? false;
  } finally {
    await file.close();
  }
}
