/**
 * The rows of tables, cell by cell and with little in memory. Nobody says which encoding they are in (spec 6.4), so each
 * character of a cell stands for one byte: in UTF-8 and in GB18030, commas, quotes and line breaks are the same bytes.
 */
import type { FileHandle } from 'node:fs/promises';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { parse } from 'csv-parse';
import { canUnpack, findBytes, unpacking } from './unpack.ts';
import type { ZipEntry } from './zip-directory.ts';

export type Row = readonly string[];

/** A row that is longer has a quote without an end. */
const MOST_IN_ROW = 1024 * 1024;

/** Throws when one of them can't be read. The rows are read while the file is open. */
export async function* rowsOf(file: FileHandle, entry: ZipEntry, fileSize: number): AsyncGenerator<Row> {
  const begin = await findBytes(file, entry, fileSize);
  if (typeof begin === 'string') throw new Error(begin);
  if (!canUnpack(entry)) throw new Error('packed in an unknown way');
  yield* rowsIn(...unpacking(file, entry, begin));
}

export async function* rowsIn(bytes: Readable, ...more: readonly Transform[]): AsyncGenerator<Row> {
  const parser = parse({
    encoding: 'latin1',
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    maxRecordSize: MOST_IN_ROW,
  });
  // What goes wrong on the way ends the reading below.
  pipeline([bytes, ...more, parser], () => {});
  const rows: AsyncIterable<Row> = parser;
  let isFirst = true;
  for await (const row of rows) {
    yield isFirst ? withoutMark(row) : row;
    isFirst = false;
  }
}

/** As single bytes; a quote right behind it is no longer taken for the beginning of a cell. */
const BYTE_ORDER_MARK = Buffer.from('\uFEFF').toString('latin1');

function withoutMark([first = '', ...others]: Row): Row {
  if (!first.startsWith(BYTE_ORDER_MARK)) return [first, ...others];
  return [first.slice(BYTE_ORDER_MARK.length).replace(/^"(.*)"$/s, '$1'), ...others];
}
