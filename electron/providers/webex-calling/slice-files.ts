/**
 * What has arrived of a file, one file for each slice: pages as they came, one a line. A slice file under its name is whole
 * and safe on the disk, unless the disk has cut it off since; anything else is a beginning that counts for nothing.
 */
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallRecord } from './record.ts';
import { recordsIn } from './records-in.ts';
import { type Span, toWire } from './spans.ts';
import { parseJson } from './wire.ts';

const CHUNK_BYTES = 1024 * 1024;
const LINE_END = 10;

const nameOf = ({ from, to }: Span): string =>
  `${[from, to].map((time) => toWire(time).replace(/[-:.]/g, '')).join('-')}.jsonl`;

export interface SliceWriter {
  add(page: string): Promise<void>;
  /** Makes the pages safe, then calls `before`, and then the slice is there. */
  finish(before: () => Promise<void>): Promise<void>;
  /** Forgets the pages. */
  abandon(): Promise<void>;
}

export interface SliceFiles {
  /** Those of the slices that are whole. */
  whole(slices: readonly Span[]): Promise<ReadonlySet<Span>>;
  write(slice: Span): Promise<SliceWriter>;
  /** The records of a whole slice, page by page. Throws when the file was damaged, and the slice is gone then. */
  read(slice: Span): AsyncGenerator<readonly CallRecord[]>;
  clear(): Promise<void>;
}

export function sliceFilesIn(folder: string): SliceFiles {
  const pathOf = (slice: Span) => join(folder, nameOf(slice));
  return {
    async whole(slices) {
      const names = new Set(await readdir(folder));
      const there: Span[] = [];
      for (const slice of slices) {
        if (names.has(nameOf(slice)) && (await endsWithLine(pathOf(slice)))) there.push(slice);
      }
      return new Set(there);
    },

    async write(slice) {
      const path = pathOf(slice);
      const beginning = `${path}.part`;
      const handle = await open(beginning, 'w');
      return {
        async add(page) {
          // A line break inside JSON is always between its parts, never in a text.
          await handle.appendFile(`${page.replace(/[\r\n]+/g, ' ')}\n`);
        },
        async finish(before) {
          await handle.sync();
          await handle.close();
          await before();
          await rename(beginning, path);
        },
        async abandon() {
          await handle.close();
          await rm(beginning, { force: true });
        },
      };
    },

    async *read(slice) {
      for await (const line of linesOf(pathOf(slice))) {
        const records = recordsIn(parseJson(line));
        if (records === null) {
          // Without it, the slice is fetched again.
          await rm(pathOf(slice), { force: true });
          throw new Error('a slice file was damaged');
        }
        yield records;
      }
    },

    async clear() {
      for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
    },
  };
}

/** True for what is empty too: a slice without records. */
async function endsWithLine(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size === 0) return true;
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === LINE_END;
  } finally {
    await handle.close();
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  let held: Buffer[] = [];
  for await (const chunk of chunks) {
    let begin = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, begin)) {
      held.push(chunk.subarray(begin, end));
      yield Buffer.concat(held).toString();
      held = [];
      begin = end + 1;
    }
    if (begin < chunk.length) held.push(chunk.subarray(begin));
  }
}
