/**
 * The rows in the tables of a ZIP, and the first and the last time in them, so that a person notices when they are not
 * those of the days that were asked for (spec 8.11). Tables are read as spec 6.4 and 8.21 say: the heading may be
 * missing, and the text may be in another encoding, in which digits, commas and quotes are the same.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type { RowsNote } from '../../../contract/download.ts';
import { canUnpack, findBytes, unpacking } from './unpack.ts';
import { readDirectory, type ZipEntry } from './zip-directory.ts';

const tables = /_(call|record)(_\d+)?\.csv$/i;
/** Where a row has the time at which its call began, when no heading says so. */
const beginColumns: Readonly<Record<string, number>> = { call: 11, record: 7 };
const aTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Null when there is no table, or one that can't be read. Rejects with an error of the disk. */
export async function findRows(path: string): Promise<RowsNote | null> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const entries = (await readDirectory(file, size))?.filter(({ name }) => tables.test(name)) ?? [];
    const tally = createTally();
    for (const entry of entries) if (!(await readTable(file, entry, size, tally))) return null;
    return entries.length === 0 ? null : tally.found();
  } finally {
    await file.close();
  }
}

type Tally = ReturnType<typeof createTally>;

function createTally() {
  let rows = 0;
  let first: string | null = null;
  let last: string | null = null;
  return {
    take(time: string): void {
      rows += 1;
      if (!aTime.test(time)) return;
      if (first === null || time < first) first = time;
      if (last === null || time > last) last = time;
    },
    found: (): RowsNote => ({ rows, first, last }),
  };
}

/** False for a table that can't be read. */
async function readTable(file: FileHandle, entry: ZipEntry, size: number, tally: Tally): Promise<boolean> {
  const begin = await findBytes(file, entry, size);
  if (typeof begin === 'string' || !canUnpack(entry)) return false;
  const rows = parse({
    encoding: 'latin1',
    bom: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
  });
  try {
    await pipeline(...unpacking(file, entry, begin), rows, takeRows(entry.name, tally));
    return true;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    return false;
  }
}

function takeRows(name: string, tally: Tally): Writable {
  let column = beginColumns[tables.exec(name)?.[1]?.toLowerCase() ?? ''] ?? -1;
  let isFirst = true;
  return new Writable({
    objectMode: true,
    write(row: readonly string[], _encoding, done) {
      const names = isFirst ? row.map((cell) => cell.trim().toLowerCase()) : [];
      isFirst = false;
      if (names.includes('developer') || names.includes('call_id')) column = names.indexOf('call_begin');
      else tally.take(row[column]?.trim() ?? '');
      done();
    },
  });
}
