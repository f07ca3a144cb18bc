import type { DownloadNote, RowsNote } from '../../contract/download.ts';
import type { Notes } from './job-notes.ts';
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

/** Nobody says whether bounds are inclusive, or which time of a call counts: less is no shift of a time zone. */
const TOLERATED_MS = 30 * 60_000;

/** Times without a zone, all in the same one. */
const readTime = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

function isOutside(
  { first, last }: RowsNote,
  asked: { readonly begin: string; readonly end: string },
): boolean {
  if (first === null || last === null) return false;
  return (
    readTime(first) < readTime(asked.begin) - TOLERATED_MS ||
    readTime(last) > readTime(asked.end) + TOLERATED_MS
  );
}
