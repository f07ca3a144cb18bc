/** One CSV out of the parts of a period. A part that is the only one stays as it came, unless rows are chosen. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { BEGINNING_BYTES, headingOf } from './body-kind.ts';
import { type RowsWanted, rowsOfExtensions } from './rows-of-extensions.ts';

export interface PartFile {
  readonly path: string;
  /** `YYYY-MM-DD`, both ends belong to it. */
  readonly from: string;
  readonly to: string;
}

/** Parts that make one table, in the order of their days. */
export interface Table {
  /** Null: the first line is a row already. */
  readonly heading: string | null;
  readonly files: readonly PartFile[];
}

/** One table where all headings are the same; else one for each row of neighbours whose headings are (spec 8.21). */
export async function tablesOf(files: readonly PartFile[]): Promise<readonly Table[]> {
  const tables: { readonly heading: string | null; readonly files: PartFile[] }[] = [];
  for (const file of files) {
    const heading = headingOf(await beginningOf(file.path));
    const last = tables.at(-1);
    if (last?.heading === heading) last.files.push(file);
    else tables.push({ heading, files: [file] });
  }
  return tables;
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The bytes of the file. Parts in the order of their days. `chosen`: some of its rows alone. */
export async function* joinParts(
  files: readonly PartFile[],
  chosen: RowsWanted | null,
): AsyncIterable<Buffer> {
  const [only] = files;
  if (chosen) yield* inChunks(rowsOfExtensions(joinedLines(files), chosen));
  else if (only && files.length === 1) yield* bytesOf(only.path);
  else yield* inChunks(joinedLines(files));
}

/**
 * The rows of all parts under the heading of the first one. A row at the very border of two days that both parts hold
 * is taken once (spec 8.13).
 */
async function* joinedLines(files: readonly PartFile[]): AsyncIterable<Buffer> {
  let border = new Set<string>();
  let lastByte = LINE_FEED;
  for (const [index, file] of files.entries()) {
    const isAtBorder = atBorder(file, files[index + 1]);
    const nextBorder = new Set<string>();
    let isFirst = true;
    for await (const line of linesOf(file.path)) {
      const text = line.toString('latin1').replace(BYTE_ORDER_MARK, '').trim();
      const isHeading = isFirst && text !== '' && headingOf(line) !== null;
      if (text !== '') isFirst = false;
      if (index > 0 && (isHeading || text === '' || border.has(text))) continue;
      if (isAtBorder(text)) nextBorder.add(text);
      if (lastByte !== LINE_FEED) yield Buffer.of(LINE_FEED);
      yield line;
      lastByte = line.at(-1) ?? LINE_FEED;
    }
    border = nextBorder;
  }
}

/** Rows that the next part might hold as well. */
function atBorder(file: PartFile, next: PartFile | undefined): (row: string) => boolean {
  if (!next) return () => false;
  return (row) => row.includes(`${file.to} 23:59:59`) || row.includes(`${next.from} 00:00:00`);
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF').toString('latin1');

/** Each with its line break; the last one may have none. */
async function* linesOf(path: string): AsyncIterable<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytesOf(path)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, start)) {
      yield bytes.subarray(start, at + 1);
      start = at + 1;
    }
    rest = bytes.subarray(start);
  }
  if (rest.length > 0) yield rest;
}

const CHUNK_BYTES = 64 * 1024;

/** The same bytes in fewer pieces: each one is a step for whoever writes them. */
async function* inChunks(pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}

const bytesOf = (path: string): AsyncIterable<Buffer> =>
  createReadStream(path, { highWaterMark: CHUNK_BYTES });
