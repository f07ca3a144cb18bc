import { once } from 'node:events';
import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errnoOf } from '../../../electron/downloads/disk-failure.ts';
import { createPartFile, reopenPartFile } from '../../../electron/downloads/part-file.ts';
import { realFiles } from '../../../electron/downloads/real-files.ts';
import {
  createWriteThread,
  type StartWriteWorker,
  withOwnMemory,
} from '../../../electron/downloads/write-thread.ts';
import { csv, md5 } from '../../fakes/download-engine.ts';
import { startWriteWorker } from '../../fakes/write-worker-thread.ts';

const KIB = 1024;

let home: string;
let handles: FileHandle[];
let threads: { close(): void }[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cdr-thread-'));
  handles = [];
  threads = [];
});
afterEach(async () => {
  for (const thread of threads) thread.close();
  for (const handle of handles) await handle.close();
  await rm(home, { recursive: true });
});

function threadWith(start: StartWriteWorker = startWriteWorker) {
  const thread = createWriteThread(start);
  threads.push(thread);
  return thread;
}

async function openNew(name: string, flags = 'wx+'): Promise<FileHandle> {
  const handle = await open(join(home, name), flags);
  handles.push(handle);
  return handle;
}

const read = (name: string) => readFile(join(home, name));
/** Bytes in memory of their own. */
const bytes = (content: Buffer) => new Uint8Array(content);
/** A thread that does what the code says. */
const acting = (code: string): StartWriteWorker => {
  return () => new Worker(code, { eval: true });
};

describe('the write thread', () => {
  it('writes chunks one behind the other at their position, and has the MD5 of all of them', async () => {
    const file = threadWith().begin((await openNew('a')).fd);
    await file.append([bytes(Buffer.from('one,')), bytes(Buffer.from('two,'))], 0);
    await file.append([bytes(Buffer.from('three'))], 8);
    expect(await file.md5()).toBe(md5(Buffer.from('one,two,three')));
    expect(String(await read('a'))).toBe('one,two,three');
  });

  it('keeps files apart that are under way at the same time', async () => {
    const thread = threadWith();
    const contents = [1, 2, 3].map((n) => Buffer.from(`${n}`.repeat(100_000 * n)));
    const sums = await Promise.all(
      contents.map(async (content, n) => {
        const file = thread.begin((await openNew(String(n))).fd);
        await Promise.all([
          file.append([bytes(content.subarray(0, 50_000))], 0),
          file.append([bytes(content.subarray(50_000))], 50_000),
        ]);
        return file.md5();
      }),
    );
    expect(sums).toEqual(contents.map(md5));
    for (const [n, content] of contents.entries()) expect(content.equals(await read(String(n)))).toBe(true);
  });

  it('has no byte of a file for which nothing was appended', async () => {
    expect(
      await threadWith()
        .begin((await openNew('a')).fd)
        .md5(),
    ).toBe(md5(Buffer.alloc(0)));
  });

  it('tells what the disk refused, and goes on with other files', async () => {
    const thread = threadWith();
    const other = thread.begin((await openNew('b')).fd);
    await openNew('a');
    const readOnly = thread.begin((await openNew('a', 'r')).fd);
    const refused = await readOnly.append([bytes(Buffer.from('x'))], 0).catch((error: unknown) => error);
    expect(errnoOf(refused)).toBe('EBADF');
    await other.append([bytes(Buffer.from('fine'))], 0);
    expect(String(await read('b'))).toBe('fine');
  });

  it('is started with the first file, and once for all', async () => {
    let started = 0;
    const thread = threadWith(() => {
      started += 1;
      return startWriteWorker();
    });
    expect(started).toBe(0);
    const { fd } = await openNew('a');
    await thread.begin(fd).md5();
    await thread.begin(fd).md5();
    expect(started).toBe(1);
  });

  it('fails the files that are under way when it dies, and is started again for the next one', async () => {
    const starts = [acting("throw new Error('no')"), startWriteWorker];
    const thread = threadWith(() => (starts.shift() ?? startWriteWorker)());
    const { fd } = await openNew('a');
    const lost = thread.begin(fd);
    await expect(lost.append([bytes(Buffer.from('x'))], 0)).rejects.toThrow('no');
    await expect(lost.md5()).rejects.toThrow('ended');
    const next = thread.begin(fd);
    await next.append([bytes(Buffer.from('y'))], 0);
    expect(await next.md5()).toBe(md5(Buffer.from('y')));
  });

  it('takes nothing for an answer that is none', async () => {
    const thread = threadWith(
      acting(`const { parentPort } = require('node:worker_threads');
        parentPort.on('message', () => parentPort.postMessage([{ kind: 'md5' }]));`),
    );
    await expect(thread.begin((await openNew('a')).fd).md5()).rejects.toThrow();
  });

  it('ends with what is under way when it is closed', async () => {
    let worker: Worker | null = null;
    const thread = threadWith(() => {
      worker = startWriteWorker();
      return worker;
    });
    const waiting = thread.begin((await openNew('a')).fd).md5();
    thread.close();
    await expect(waiting).rejects.toThrow('closed');
    if (worker) await once(worker, 'exit');
  });
});

describe('memory that is given away', () => {
  it('is the last large piece of what nobody else uses', () => {
    const memory = Buffer.alloc(64 * KIB);
    const last = memory.subarray(300);
    expect(withOwnMemory(last)).toBe(last);
  });

  it.each([
    ['is not the last in its memory', Buffer.alloc(64 * KIB).subarray(0, 40 * KIB)],
    ['is small enough to lie in memory that Node shares out', Buffer.from('small')],
  ])('is a copy when a chunk %s', (_, chunk) => {
    const copy = withOwnMemory(chunk);
    expect(copy.buffer).not.toBe(chunk.buffer);
    expect(copy.buffer.byteLength).toBe(chunk.length);
    expect(Buffer.from(copy).equals(chunk)).toBe(true);
  });
});

describe('a part that is written by the thread', () => {
  /** As sockets give it: reads of up to 64 KiB, of which each may hold several pieces of a body. */
  function asRead(content: Buffer, readBytes: number, piecesPerRead: number): Buffer[] {
    const reads = Array.from({ length: Math.ceil(content.length / readBytes) }, (_, n) =>
      Buffer.from(new Uint8Array(content.subarray(n * readBytes, (n + 1) * readBytes)).buffer),
    );
    return reads.flatMap((read) => {
      const step = Math.ceil(read.length / piecesPerRead);
      return Array.from({ length: Math.ceil(read.length / step) }, (_, n) =>
        read.subarray(n * step, (n + 1) * step),
      );
    });
  }

  it('is whole and right, however its bytes arrive', async () => {
    const thread = threadWith();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_500_000 }),
        fc.integer({ min: 1000, max: 65_536 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
        async (size, readBytes, piecesPerRead, flushes) => {
          const name = `part-${number++}`;
          const part = await createPartFile(realFiles, join(home, name), thread);
          if (!part) throw new Error('no part');
          const content = csv(size);
          for (const [n, piece] of asRead(content, readBytes, piecesPerRead).entries()) {
            await part.append(piece);
            if (flushes.includes(n)) await part.flush();
          }
          const sum = await part.md5();
          await part.flush();
          await part.close();
          expect(sum).toBe(md5(content));
          expect(content.equals(await read(name))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has the checksum of what came after everything was forgotten, and of that alone', async () => {
    const part = await createPartFile(realFiles, join(home, 'a'), threadWith());
    if (!part) throw new Error('no part');
    for (const piece of asRead(csv(700_000), 65_536, 1)) await part.append(piece);
    await part.clear();
    const content = csv(900_000);
    for (const piece of asRead(content, 65_536, 1)) await part.append(piece);
    expect(await part.md5()).toBe(md5(content));
    await part.flush();
    expect(content.equals(await read('a'))).toBe(true);
    await part.close();
  });

  it('can be continued later', async () => {
    const thread = threadWith();
    const content = csv(2_000_000);
    const path = join(home, 'a');
    const begun = await createPartFile(realFiles, path, thread);
    for (const piece of asRead(content.subarray(0, 1_200_000), 65_536, 1)) await begun?.append(piece);
    await begun?.flush();
    await begun?.close();
    const part = await reopenPartFile(realFiles, path, 1_200_000, new AbortController().signal, thread);
    for (const piece of asRead(content.subarray(1_200_000), 65_536, 1)) await part?.append(piece);
    expect(await part?.md5()).toBe(md5(content));
    await part?.flush();
    await part?.close();
    expect(content.equals(await read('a'))).toBe(true);
  });

  it('tells a thread that died at the next flush', async () => {
    const part = await createPartFile(realFiles, join(home, 'a'), threadWith(acting('process.exit(1)')));
    if (!part) throw new Error('no part');
    for (const piece of asRead(csv(600_000), 65_536, 1)) void part.append(piece)?.catch(() => {});
    await expect(part.flush()).rejects.toThrow('ended');
    expect(part.flushed).toBe(0);
    await part.close();
  });
});
