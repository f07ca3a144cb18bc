import type { DownloadNote } from '../../contract/download.ts';
import type { Notes } from './job-notes.ts';
import { isOutside } from './times-outside.ts';
import { findRows } from './zip/find-rows.ts';
import { holdsCalls } from './zip/holds-calls.ts';

/** What a person should know of a whole file. `notes`: what was noted while it was made. */
export async function inspectZip(path: string, notes: Notes): Promise<readonly DownloadNote[]> {
  const found = await findRows(path);
  const making = notes.state === 'making' ? notes : null;
  return [
    ...(making?.provisional ? (['provisional'] as const) : []),
    ...(found && making?.asked && isOutside(found, making.asked) ? (['times-outside'] as const) : []),
    ...((await holdsCalls(path)) ? (['rows-are-legs'] as const) : []),
    ...(found ? [found] : []),
  ];
}
