/**
 * The rows of some extensions out of the records of all: more of them than `MOST_EXTENSIONS` are not asked of the PBX
 * one by one (spec 8.22). A row belongs to an extension that its caller's or its callee's column shows, alone or behind
 * a name (`Room 7 <1000>`). A row that shows no number at all stays: nobody can tell that it does not belong.
 */
import { parse } from 'csv-parse/sync';

export interface RowsWanted {
  readonly extensions: readonly string[];
  readonly columns: NumberColumns;
  /** The first row names the columns. */
  readonly hasHeading: boolean;
}

/** Where the two numbers of a call stand in a row. */
export type NumberColumns = readonly [from: number, to: number];

/** As in the spec's sample (spec 5), for a file without a heading. */
const USUAL: NumberColumns = [2, 3];

/** `heading`: the first line, null where that is a row already. Null for one that does not name the two columns. */
export function numberColumns(heading: string | null): NumberColumns | null {
  if (heading === null) return USUAL;
  const names = cellsOf(heading).map((name) => name.trim().toLowerCase());
  const [from, to] = [names.indexOf('callfrom'), names.indexOf('callto')];
  return from < 0 || to < 0 ? null : [from, to];
}

/** The bytes of those rows, each as it came, and of the heading. `lines`: each with its line break. */
export async function* rowsOfExtensions(
  lines: AsyncIterable<Buffer>,
  { extensions, columns, hasHeading }: RowsWanted,
): AsyncIterable<Buffer> {
  const wanted = new Set(extensions);
  let isHeading = hasHeading;
  for await (const row of wholeRows(lines)) {
    const cells = cellsOf(row.toString('latin1'));
    const numbers = columns.flatMap((column) => numbersIn(cells[column] ?? ''));
    if (isHeading || numbers.length === 0 || numbers.some((number) => wanted.has(number))) yield row;
    if (!isBlank(row)) isHeading = false;
  }
}

/** The one in brackets, where there is one; else a cell of digits as a whole, or any digits beside other signs. */
function numbersIn(cell: string): readonly string[] {
  const shown = /[<(]([^<>()]*\d[^<>()]*)[>)]\s*$/.exec(cell)?.[1] ?? cell;
  const isNumber = /^[\d\s+*#./-]+$/.test(shown);
  return (isNumber ? shown.replace(/\D/g, '') : shown).match(/\d+/g) ?? [];
}

/** True also for a byte order mark alone. */
const isBlank = (row: Buffer): boolean => row.toString('utf8').trim() === '';

const [QUOTE, COMMA] = [0x22, 0x2c];

/** A line break between quotes does not end a row. Quotes are those around a cell; one within a name is a sign like others. */
async function* wholeRows(lines: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let held: Buffer[] = [];
  let isQuoted = false;
  let isClosed = false;
  let isBegun = false;
  for await (const line of lines) {
    held.push(line);
    for (const byte of line) {
      // Two of them within quotes stand for one.
      const opens: boolean = !isQuoted && (!isBegun || isClosed) && byte === QUOTE;
      isClosed = isQuoted && byte === QUOTE;
      if (byte === QUOTE) isQuoted = opens;
      isBegun = isQuoted || byte !== COMMA;
    }
    if (isQuoted) continue;
    isBegun = false;
    isClosed = false;
    yield held.length === 1 ? line : Buffer.concat(held);
    held = [];
  }
  if (held.length > 0) yield Buffer.concat(held);
}

/** Lenient: a row that cannot be read has no cells. */
function cellsOf(row: string): readonly string[] {
  try {
    const [cells = []]: string[][] = parse(row, { relax_quotes: true, relax_column_count: true });
    return cells;
  } catch {
    return [];
  }
}
