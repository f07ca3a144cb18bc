/** What has to be known of a ZIP before its tables can be joined with others. */
import { open } from 'node:fs/promises';
import { failure } from '../../../contract/failure.ts';
import { failed, ok, type Result } from '../../../contract/result.ts';
import { createTally, isOfDisk } from '../zip/find-rows.ts';
import { type Row, rowsOf } from '../zip/read-rows.ts';
import { documentedColumns, headingIn, type TableKind, tablesOf } from '../zip/tables.ts';
import { readDirectory } from '../zip/zip-directory.ts';
import { namesOf } from './columns.ts';
import { decoderOf, mayBeUtf8 } from './encoding.ts';

export interface ZipSummary {
  /** Without headings. */
  readonly rows: number;
  /** The first and the last time that they begin at; null where none has one. */
  readonly first: string | null;
  readonly last: string | null;
  /** Columns that are not documented, in their order. */
  readonly others: readonly string[];
  /** The tables that are not UTF-8, by their names in the ZIP. */
  readonly gb18030: readonly string[];
}

/**
 * Reads all tables of a kind. Failure `no-data` when nothing is in the ZIP, `unusable-answer` when its tables can't be used
 * or are of another kind: what was asked for is missing then. Rejects with an error of the disk.
 */
export async function scanZip(path: string, kind: TableKind): Promise<Result<ZipSummary>> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const entries = (await readDirectory(file, size)) ?? [];
    if (entries.length === 0) return failed(failure('no-data', 'the ZIP: nothing in it'));
    const tables = tablesOf(kind, entries);
    if (tables.length === 0) return unusable(`no table of ${kind}s in it`);
    const others: string[] = [];
    const gb18030: string[] = [];
    const tally = createTally();
    for (const entry of tables) {
      const table = await scanTable(rowsOf(file, entry, size), kind, tally);
      others.push(...table.others);
      if (!table.isUtf8) gb18030.push(entry.name);
    }
    return ok({ ...tally.found(), others: [...new Set(others)], gb18030 });
  } catch (error) {
    if (isOfDisk(error)) throw error;
    return unusable(error instanceof Error ? error.message : 'a table can\u2019t be read');
  } finally {
    await file.close();
  }
}

const unusable = (what: string) => failed(failure('unusable-answer', `the ZIP: ${what.slice(0, 200)}`));

async function scanTable(rows: AsyncIterable<Row>, kind: TableKind, tally: ReturnType<typeof createTally>) {
  let first: Row | null = null;
  let heading: Row | null = null;
  let column = -1;
  let width = 0;
  let isUtf8 = true;
  for await (const row of rows) {
    const isFirst = first === null;
    first ??= row;
    if (isFirst) {
      heading = headingIn(row);
      column = (heading ?? documentedColumns[kind]).indexOf('call_begin');
    }
    if (!isFirst || heading === null) tally.take(row[column]?.trim() ?? '');
    if (row.length > width) width = row.length;
    isUtf8 &&= row.every(mayBeUtf8);
  }
  const decode = decoderOf(isUtf8 ? 'utf-8' : 'gb18030');
  const documented = new Set(namesOf(kind, null, 0));
  const names = first && headingIn(first.map(decode));
  const others = namesOf(kind, names, width).filter((name) => !documented.has(name));
  return { isUtf8, others };
}
