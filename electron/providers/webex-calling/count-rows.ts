import { createReadStream } from 'node:fs';

const [LINE_FEED, QUOTE, BRACE] = [0x0a, 0x22, 0x7b];
/** So many bytes are gone through in a fraction of a millisecond. */
const BLOCK_BYTES = 256 * 1024;

/**
 * How many records a file that was made here holds: rows of a CSV without its heading, or lines of JSON. A line break
 * between quotes ends no row. Rejects with an error of the disk.
 */
export async function countRows(path: string): Promise<number> {
  let ends = 0;
  let isQuoted = false;
  let isJson: boolean | null = null;
  for await (const block of createReadStream(path, { highWaterMark: BLOCK_BYTES })) {
    const bytes: Buffer = block;
    isJson ??= bytes[0] === BRACE;
    for (const byte of bytes) {
      if (byte === QUOTE && !isJson) isQuoted = !isQuoted;
      else if (byte === LINE_FEED && !isQuoted) ends += 1;
    }
  }
  return isJson ? ends : Math.max(0, ends - 1);
}
