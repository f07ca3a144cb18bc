import type { DownloadNote } from '../../contract/download.ts';
import type { Notes } from './job-notes.ts';
import type { Calendar } from './list-records.ts';
import { isOutside } from './times-outside.ts';
import { findRows } from './zip/find-rows.ts';
import { holdsCalls } from './zip/holds-calls.ts';

/**
 * What a person should know of a whole file. `notes`: what was noted while it was made. `calendar`: how the account asks;
 * null where nobody can tell.
 */
export async function inspectZip(
  path: string,
  notes: Notes,
  calendar: Calendar | null,
): Promise<readonly DownloadNote[]> {
  const found = await findRows(path);
  const making = notes.state === 'making' ? notes : null;
  return [
    ...(making?.provisional ? (['provisional'] as const) : []),
    ...(found && making?.asked && isOutside(found, making.asked, calendar)
      ? (['times-outside'] as const)
      : []),
    ...((await holdsCalls(path)) ? (['rows-are-legs'] as const) : []),
    ...(found ? [found] : []),
  ];
}
