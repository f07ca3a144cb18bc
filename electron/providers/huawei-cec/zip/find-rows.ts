/**
 * How many rows there are, and the first and the last time in them, so that a person notices when they are not those of
 * the days that were asked for (spec 8.11).
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { RowsNote } from '../../../contract/download.ts';
import { type Row, rowsIn, rowsOf } from './read-rows.ts';
import { documentedColumns, headingIn, kindOf, type TableKind } from './tables.ts';
import { readDirectory } from './zip-directory.ts';

/** As call_begin has it. */
const aTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Those of all tables of a ZIP. Null when there is none, or one that can't be read. Rejects with an error of the disk. */
export async function findRows(path: string): Promise<RowsNote | null> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const entries = (await readDirectory(file, size)) ?? [];
    const tables = entries.flatMap((entry) => {
      const kind = kindOf(entry);
      return kind === null ? [] : [{ kind, rows: rowsOf(file, entry, size) }];
    });
    return tables.length === 0 ? null : await countRows(tables);
  } finally {
    await file.close();
  }
}

/** Those of a CSV that was made of such tables. */
export const findRowsOfCsv = (path: string, kind: TableKind): Promise<RowsNote | null> =>
  countRows([{ kind, rows: rowsIn(createReadStream(path)) }]);

async function countRows(
  tables: readonly { readonly kind: TableKind; readonly rows: AsyncIterable<Row> }[],
): Promise<RowsNote | null> {
  const tally = createTally();
  try {
    for (const { kind, rows } of tables) {
      let column = documentedColumns[kind].indexOf('call_begin');
      let isFirst = true;
      for await (const row of rows) {
        const heading = isFirst ? headingIn(row) : null;
        isFirst = false;
        if (heading) column = heading.indexOf('call_begin');
        else tally.take(row[column]?.trim() ?? '');
      }
    }
    return tally.found();
  } catch (error) {
    if (isOfDisk(error)) throw error;
    return null;
  }
}

export const isOfDisk = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** Counts rows, and finds their first and last time. */
export function createTally() {
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
