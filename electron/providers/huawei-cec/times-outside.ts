import type { RowsNote } from '../../contract/download.ts';

/** Nobody says whether bounds are inclusive, or which time of a call counts: less is no shift of a time zone. */
const TOLERATED_MS = 30 * 60_000;

/** Times without a zone, all in the same one. */
const readTime = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

/** Whether there are times outside the first and the last second that were asked for. */
export function isOutside(
  { first, last }: RowsNote,
  asked: { readonly begin: string; readonly end: string },
): boolean {
  if (first === null || last === null) return false;
  return (
    readTime(first) < readTime(asked.begin) - TOLERATED_MS ||
    readTime(last) > readTime(asked.end) + TOLERATED_MS
  );
}
