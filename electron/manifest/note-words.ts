/** What a manifest says of a file besides its figures. */
import type { DownloadNote, EmptyNote, PlainNote, RowsNote, UnseenNote } from '../contract/download.ts';

const words: Record<PlainNote, string> = {
  'no-checksum': 'the service gave no checksum, so only the size could be checked',
  'maybe-incomplete': 'the service gives no length, and the last line looks cut off; it may be incomplete',
  provisional: 'the period was not over, or so recent that records may still come; fetch it again later',
  'rows-are-legs': 'a row is a leg of a call, not a call: one call may have several',
  'too-old-left-out': 'the service no longer had the oldest part of the period; it is left out',
  'times-outside': 'it has times outside the period that was asked for; check the time zone of the account',
  'separate-files':
    'parts of the period came with different columns, so it is a ZIP with one CSV for each of them',
  'read-as-gb18030':
    'some of its text was not UTF-8 and was read as GB18030; check a few names with Chinese characters',
  'list-may-be-incomplete': 'the file says that it lists more rows than it holds; it may be incomplete',
};

/** All notes of a file in one line; empty where there are none. */
export const noteLine = (notes: readonly DownloadNote[]): string => notes.map(textOf).join('. ');

function textOf(note: DownloadNote): string {
  if (typeof note === 'string') return words[note];
  if ('empty' in note) return emptyText(note);
  return 'unseen' in note ? unseenText(note) : rowsText(note);
}

const emptyText = ({ empty }: EmptyNote): string =>
  `the service has no records ${empty.map(({ begin, end }) => `from ${begin} to ${end}`).join(', ')}`;

const unseenText = ({ unseen }: UnseenNote): string =>
  `no record is of ${unseen.map((name) => `"${name}"`).join(', ')}; check how the names are written`;

const rowsText = ({ rows, first, last }: RowsNote): string =>
  first === null || last === null ? `${rows} rows` : `${rows} rows, from ${first} to ${last}`;
