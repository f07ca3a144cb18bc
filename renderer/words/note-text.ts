import { isDay } from '../../electron/contract/calendar.ts';
import type {
  DownloadNote,
  EmptyNote,
  PlainNote,
  RowsNote,
  UnseenNote,
} from '../../electron/contract/download.ts';
import { formatShortDay } from './format-date.ts';
import { plural } from './plural.ts';

interface NoteWords {
  /** A sentence or two, for the details. */
  readonly whole: string;
  /** A few words for a row; null where the row says it in another way. */
  readonly short: string | null;
  /** True when a person may have to do something about it. */
  readonly needsAttention: boolean;
}

const words: Record<PlainNote, NoteWords> = {
  'no-checksum': {
    whole: 'The service gave no checksum, so only the size could be checked.',
    short: null,
    needsAttention: false,
  },
  'maybe-incomplete': {
    whole: 'The service gives no length, and the last line looks cut off. The file may be incomplete.',
    short: 'May be incomplete',
    needsAttention: true,
  },
  'list-may-be-incomplete': {
    whole: 'The file says that it lists more rows than it holds. It may be incomplete.',
    short: 'The list inside may be incomplete',
    needsAttention: true,
  },
  provisional: {
    whole: 'The period was not over, or so recent that records may still come. Fetch it again later.',
    short: 'Provisional: records may still come',
    needsAttention: true,
  },
  'too-old-left-out': {
    whole: 'The service no longer had the oldest part of the period. It is left out.',
    short: 'The oldest part is left out',
    needsAttention: true,
  },
  'times-outside': {
    whole:
      'The file has times outside the days that were asked for. Check the time zone of the account, or whose times the report asks for.',
    short: 'Has times outside the days asked for',
    needsAttention: true,
  },
  'separate-files': {
    whole:
      'Parts of the period came with different columns, which make no one table. The file is a ZIP with one CSV for each of them.',
    short: 'A ZIP of several CSV files: their columns differ',
    needsAttention: true,
  },
  'read-as-gb18030': {
    whole:
      'Some of the text did not arrive as UTF-8 and was read as GB18030, the Chinese standard. Check a few names.',
    short: 'Some text was read as GB18030',
    needsAttention: true,
  },
  'rows-are-legs': {
    whole: 'A row is a leg of a call, not a call: one call may have several rows.',
    short: 'Rows are call legs, not calls',
    needsAttention: false,
  },
};

const inOrder = Object.keys(words) as PlainNote[];
const sorted = (notes: readonly DownloadNote[]) => inOrder.filter((note) => notes.includes(note));
const isRows = (note: DownloadNote): note is RowsNote => typeof note !== 'string' && 'rows' in note;
/** Asks for no attention: quiet days are usual, and it is the service that says so. */
const isEmpty = (note: DownloadNote): note is EmptyNote => typeof note !== 'string' && 'empty' in note;

const isUnseen = (note: DownloadNote): note is UnseenNote => typeof note !== 'string' && 'unseen' in note;

/** The notes in a few words for a row, the most important first; null where there is nothing more to say. */
export function shortNotes(notes: readonly DownloadNote[]): string | null {
  const empty = notes.filter(isEmpty).map(() => 'Some days have no records');
  const unseen = notes.filter(isUnseen).map(shortUnseenText);
  const shown = [...unseen, ...sorted(notes).flatMap((note) => words[note].short ?? []), ...empty];
  return shown.length === 0 ? null : shown.join(' · ');
}

/** The notes as a fact among others, one a line; nothing where there are none. */
export function noteFacts(notes: readonly DownloadNote[]): (readonly [name: string, fact: string])[] {
  const lines = [
    ...notes.filter(isUnseen).map(unseenText),
    ...sorted(notes).map((note) => words[note].whole),
    ...notes.filter(isEmpty).map(emptyText),
  ];
  const inside = notes.filter(isRows).map((note) => ['Records', rowsText(note)] as const);
  return lines.length === 0 ? inside : [...inside, [lines.length === 1 ? 'Note' : 'Notes', lines.join('\n')]];
}

/** `1 Oct 2026 to 3 Oct 2026, 1,204 rows`: what is in a file of records, in few words; null where that is not known. */
export function insideText(notes: readonly DownloadNote[]): string | null {
  const inside = notes.find(isRows);
  if (!inside) return null;
  const ends = [inside.first, inside.last].flatMap((time) => time?.slice(0, 10) ?? []).filter(isDay);
  const days = [...new Set(ends)].map(formatShortDay).join(' to ');
  return [days, plural(inside.rows, 'row')].filter((part) => part !== '').join(', ');
}

/** Times as they stand in the file: nobody says in whose zone. */
const rowsText = ({ rows, first, last }: RowsNote): string =>
  `${plural(rows, 'row')}${first === null || last === null ? '' : `, from ${first} to ${last}`}`;

const emptyText = ({ empty }: EmptyNote): string =>
  `The service has no records ${empty.map(({ begin, end }) => `from ${begin} to ${end}`).join(', ')}.`;

const shortUnseenText = ({ unseen }: UnseenNote): string =>
  unseen.length === 1
    ? `No record of “${unseen[0]}”`
    : `No record of ${plural(unseen.length, 'name')} asked for`;

const unseenText = ({ unseen }: UnseenNote): string =>
  `No record is of ${unseen.map((name) => `“${name}”`).join(', ')}. Check how the ${unseen.length === 1 ? 'name is' : 'names are'} written.`;

/** True where the details of a file say more of it than its row does. */
export const hasMoreToSay = (notes: readonly DownloadNote[]): boolean =>
  notes.some((note) => typeof note !== 'string' || words[note].short !== null);

export const needsAttention = (notes: readonly DownloadNote[]): boolean =>
  notes.some(isUnseen) || sorted(notes).some((note) => words[note].needsAttention);
