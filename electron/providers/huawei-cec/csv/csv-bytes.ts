/** One CSV out of the tables of several ZIPs, with little in memory at any time (spec 8.11, 8.20, 8.21). */
import { open } from 'node:fs/promises';
import { quoted, withoutFormula } from '../../../lib/csv-cell.ts';
import { createIdSet } from '../../../lib/id-set.ts';
import { nextTurn } from '../../../lib/in-slices.ts';
import { type Row, rowsOf } from '../zip/read-rows.ts';
import { headingIn, type TableKind, tablesOf } from '../zip/tables.ts';
import { readDirectory } from '../zip/zip-directory.ts';
import { headingsOf, namesOf } from './columns.ts';
import { decoderOf } from './encoding.ts';
import { createRowId } from './row-id.ts';
import type { ZipSummary } from './scan-zip.ts';

export interface CsvOptions {
  readonly kind: TableKind;
  /** In the order of their days, each with what was found in it. */
  readonly zips: readonly (Pick<ZipSummary, 'others' | 'gb18030'> & { readonly path: string })[];
  /** Rows that begin at this time belong to another file; null: none does. */
  readonly without: string | null;
  /** A byte order mark in front. */
  readonly bom: boolean;
  /** Values that look like formulas are defused. */
  readonly safe: boolean;
}

/** Characters in one piece: large enough that pieces cost nothing, small enough to hold nobody up. */
const PIECE = 128 * 1024;

/** The whole file, each row once. Lets others have a turn between pieces. */
export async function* csvBytes({ kind, zips, without, bom, safe }: CsvOptions): AsyncGenerator<Buffer> {
  const headings = headingsOf(
    kind,
    zips.flatMap(({ others }) => others),
  );
  const idOf = createRowId(kind, headings);
  const beginning = headings.indexOf('call_begin');
  const seen = createIdSet();
  const line = (cells: Row) =>
    `${cells.map((cell) => quoted(safe ? withoutFormula(cell) : cell)).join(',')}\r\n`;
  let piece = (bom ? '\ufeff' : '') + line(headings);
  for (const zip of zips) {
    for await (const cells of rowsOfZip(zip, kind, headings)) {
      if (cells[beginning]?.trim() === without || !seen.add(idOf(cells))) continue;
      piece += line(cells);
      if (piece.length < PIECE) continue;
      yield Buffer.from(piece);
      piece = '';
      await nextTurn();
    }
  }
  if (piece !== '') yield Buffer.from(piece);
}

/** The rows of all its tables under the headings, as text. */
async function* rowsOfZip(
  { path, gb18030 }: CsvOptions['zips'][number],
  kind: TableKind,
  headings: readonly string[],
): AsyncGenerator<string[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    for (const entry of tablesOf(kind, (await readDirectory(file, size)) ?? [])) {
      const decode = decoderOf(gb18030.includes(entry.name) ? 'gb18030' : 'utf-8');
      yield* underHeadings(rowsOf(file, entry, size), kind, headings, decode);
    }
  } finally {
    await file.close();
  }
}

async function* underHeadings(
  rows: AsyncIterable<Row>,
  kind: TableKind,
  headings: readonly string[],
  decode: (cell: string) => string,
): AsyncGenerator<string[]> {
  const placeOf = new Map(headings.map((name, place) => [name, place]));
  let heading: Row | null = null;
  let places: number[] = [];
  let isFirst = true;
  for await (const row of rows) {
    if (isFirst) heading = headingIn(row.map(decode));
    const isHeading = isFirst && heading !== null;
    isFirst = false;
    if (isHeading) continue;
    if (places.length < row.length) {
      places = namesOf(kind, heading, row.length).map((name) => placeOf.get(name) ?? -1);
    }
    const cells = headings.map(() => '');
    for (const [i, cell] of row.entries()) {
      const place = places[i] ?? -1;
      if (place < 0) throw new Error('a row has a cell without a column');
      cells[place] = decode(cell);
    }
    yield cells;
  }
}
