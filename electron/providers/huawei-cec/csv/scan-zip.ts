/** What has to be known of a ZIP before its tables can be joined with others. */
import { open } from 'node:fs/promises';
import { failure } from '../../../contract/failure.ts';
import { failed, ok, type Result } from '../../../contract/result.ts';
import { isOfDisk } from '../zip/find-rows.ts';
import { type Row, rowsOf } from '../zip/read-rows.ts';
import { whyRefused } from '../zip/refuse-zip.ts';
import { headingIn, kindOf, type TableKind, tablesOf } from '../zip/tables.ts';
import { readDirectory } from '../zip/zip-directory.ts';
import { namesOf } from './columns.ts';
import { decoderOf, mayBeUtf8 } from './encoding.ts';

export interface ZipSummary {
  /** Columns that are not documented, in their order. */
  readonly others: readonly string[];
  /** The tables that are not UTF-8, by their names in the ZIP. */
  readonly gb18030: readonly string[];
}

/** Reads all tables of a kind. Failure `unusable-answer` when they can't be used. Rejects with an error of the disk. */
export async function scanZip(path: string, kind: TableKind): Promise<Result<ZipSummary>> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const entries = (await readDirectory(file, size)) ?? [];
    const refused = whyRefused(entries, size);
    if (refused !== null) return unusable(refused);
    if (entries.every((entry) => kindOf(entry) === null)) return unusable('no table in it');
    const others: string[] = [];
    const gb18030: string[] = [];
    for (const entry of tablesOf(kind, entries)) {
      const table = await scanTable(rowsOf(file, entry, size), kind);
      others.push(...table.others);
      if (!table.isUtf8) gb18030.push(entry.name);
    }
    return ok({ others: [...new Set(others)], gb18030 });
  } catch (error) {
    if (isOfDisk(error)) throw error;
    return unusable(error instanceof Error ? error.message : 'a table can\u2019t be read');
  } finally {
    await file.close();
  }
}

const unusable = (what: string) => failed(failure('unusable-answer', `the ZIP: ${what.slice(0, 200)}`));

async function scanTable(rows: AsyncIterable<Row>, kind: TableKind) {
  let heading: Row | null = null;
  let width = 0;
  let isUtf8 = true;
  let isFirst = true;
  for await (const row of rows) {
    if (isFirst) heading = headingIn(row);
    isFirst = false;
    if (row.length > width) width = row.length;
    isUtf8 &&= row.every(mayBeUtf8);
  }
  const decode = decoderOf(isUtf8 ? 'utf-8' : 'gb18030');
  const documented = new Set(namesOf(kind, null, 0));
  const names = namesOf(kind, heading?.map(decode) ?? null, width);
  return { isUtf8, others: names.filter((name) => !documented.has(name)) };
}
