/** The manifest as a file: CSV as in RFC 4180, UTF-8, its columns named in the first line. */
import { createReadStream } from 'node:fs';
import { CsvError, type Options, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { cellsSchema, type ManifestRow, manifestColumns, neededColumns, toCells } from './manifest-row.ts';

/** What was found in a file that may be a manifest. */
export type ManifestContent =
  /** `hasMore`: there are columns besides ours, which somebody has added. */
  | { readonly kind: 'manifest'; readonly rows: readonly ManifestRow[]; readonly hasMore: boolean }
  /** Ours by its columns, but what ends at this line can't be read. */
  | { readonly kind: 'damaged'; readonly line: number }
  /** Something else. */
  | { readonly kind: 'other' };

/** Rows that are turned into text at once: few enough to hold nobody up. */
const ROWS_AT_ONCE = 500;
/** More bytes than a line of ours can have: what begins with more is something else. */
const LONGEST_LINE = 1_000_000;

/** The text of a manifest, in parts. */
export function* manifestText(rows: readonly ManifestRow[]): Generator<string> {
  const format = {
    columns: [...manifestColumns],
    record_delimiter: 'windows',
    quote_record_delimiter: true,
  } as const;
  yield stringify([], { ...format, header: true });
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    yield stringify(rows.slice(at, at + ROWS_AT_ONCE).map(toCells), format);
  }
}

const format: Options = { bom: true, info: true, skip_empty_lines: true, max_record_size: LONGEST_LINE };

/** What the parser makes of a line, with the number of the line that it ends at. */
const lineSchema = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/**
 * Reads a file. The order of its columns does not matter, nor whether it begins with a byte order mark. Errors of the
 * file system are thrown.
 */
export async function readManifest(path: string): Promise<ManifestContent> {
  const lines = parse(format);
  const file = createReadStream(path).on('error', (error) => lines.destroy(error));
  file.pipe(lines);
  let header: readonly string[] | null = null;
  const rows: ManifestRow[] = [];
  try {
    for await (const line of lines) {
      const { record, info } = lineSchema.parse(line);
      if (header === null) {
        header = record;
        if (!isOurs(header)) return { kind: 'other' };
      } else {
        const row = readRow(header, record);
        if (row === null) return { kind: 'damaged', line: info.lines };
        rows.push(row);
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return header === null ? { kind: 'other' } : { kind: 'damaged', line: Number(error.lines) };
  } finally {
    file.destroy();
  }
  if (header === null) return { kind: 'other' };
  const known: readonly string[] = manifestColumns;
  return { kind: 'manifest', rows, hasMore: header.some((column) => !known.includes(column)) };
}

const isOurs = (header: readonly string[]): boolean =>
  neededColumns.every((column) => header.includes(column));

function readRow(header: readonly string[], cells: readonly string[]): ManifestRow | null {
  const byColumn = Object.fromEntries(header.map((column, index) => [column, cells[index]]));
  return cellsSchema.safeParse(byColumn).data ?? null;
}
