import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type BodyWriterOptions,
  createBodyWriter,
  createTextCollector,
  RefusedBody,
} from '../../../electron/downloads/body-writer.ts';
import { realFiles } from '../../../electron/downloads/file-system.ts';
import { createPartFile, type PartFile, reopenPartFile } from '../../../electron/downloads/part-file.ts';
import { csv, md5 } from '../../fakes/download-engine.ts';

let home: string;
let path: string;
let part: PartFile;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cdr-part-'));
  path = join(home, 'a.cdrpart');
  const made = await createPartFile(realFiles, path);
  if (!made) throw new Error('no part');
  part = made;
});
afterEach(async () => {
  await part.close();
  await rm(home, { recursive: true });
});

const writer = (change: Partial<BodyWriterOptions> = {}) =>
  createBodyWriter({
    part,
    beginsAs: 'text',
    most: null,
    onBegin() {},
    onWritten: async () => {},
    ...change,
  });

/** A body that comes in pieces of `size` bytes. */
const pieces = (content: Buffer, size: number) =>
  Array.from({ length: Math.ceil(content.length / size) }, (_, n) =>
    content.subarray(n * size, (n + 1) * size),
  );

describe('a body', () => {
  it.each([1, 7, 1000, 100_000])(
    'that comes in pieces of %i bytes is written and hashed whole',
    async (size) => {
      const content = csv(5000);
      await pipeline(Readable.from(pieces(content, size)), writer());
      expect(await readFile(path)).toEqual(content);
      expect(part.md5()).toBe(md5(content));
      expect(part.size).toBe(5000);
    },
  );

  it('takes the place of earlier bytes only when it begins rightly', async () => {
    await part.append([Buffer.from('earlier bytes')]);
    const begun: string[] = [];
    const page = Readable.from([Buffer.from('<!doc'), Buffer.from('type html><p>')]);
    await expect(pipeline(page, writer({ onBegin: () => begun.push('page') }))).rejects.toThrow(RefusedBody);
    expect(await readFile(path, 'utf8')).toBe('earlier bytes');
    await pipeline(Readable.from([Buffer.from('new')]), writer({ onBegin: () => begun.push('file') }));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(part.md5()).toBe(md5(Buffer.from('new')));
    expect(begun).toEqual(['file']);
  });

  it('that continues is put behind the bytes that are there', async () => {
    await part.append([Buffer.from('one,')]);
    await pipeline(Readable.from([Buffer.from('<html>')]), writer({ beginsAs: null }));
    expect(await readFile(path, 'utf8')).toBe('one,<html>');
    expect(part.md5()).toBe(md5(Buffer.from('one,<html>')));
  });

  it('is ended when it is longer than it may be', async () => {
    const body = Readable.from(pieces(csv(5000), 500));
    const why = await pipeline(body, writer({ most: 1200 })).catch((error: unknown) => error);
    expect(why).toMatchObject({ failure: { code: 'wrong-size' } });
    expect(part.size).toBeLessThanOrEqual(1200);
  });

  it('is not read faster than it is written', async () => {
    const block = Buffer.alloc(64 * 1024, 'a');
    const blocks = 1024;
    let read = 0;
    let furthest = 0;
    const body = Readable.from(
      (function* () {
        for (; read < blocks; read++) yield block;
      })(),
    );
    const onWritten = async () => {
      furthest = Math.max(furthest, read * block.length - part.size);
      await new Promise((resolve) => setImmediate(resolve));
    };
    await pipeline(body, writer({ onWritten }));
    expect(part.size).toBe(blocks * block.length);
    expect(furthest).toBeLessThan(4 * 1024 * 1024);
  });

  it('that is stopped lets a write that is under way come to its end before it is closed', async () => {
    let free = () => {};
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    const events: string[] = [];
    const writable = writer({
      onWritten: async () => {
        events.push('writing');
        await held;
        events.push('written');
      },
    });
    const closed = new Promise<void>((resolve) =>
      writable.once('close', () => resolve(void events.push('closed'))),
    );
    writable.write(csv(1000));
    while (events.length === 0) await new Promise((resolve) => setImmediate(resolve));
    writable.destroy();
    free();
    await closed;
    expect(events).toEqual(['writing', 'written', 'closed']);
  });
});

describe('a refusal', () => {
  it('is kept up to its first bytes', async () => {
    const text = createTextCollector(5);
    await pipeline(Readable.from([Buffer.from('abc'), Buffer.from('defg'), Buffer.from('h')]), text.writable);
    expect(text.text()).toBe('abcde');
  });
});

describe('a part', () => {
  const signal = new AbortController().signal;

  it('is not made where there is something already', async () => {
    expect(await createPartFile(realFiles, path)).toBeNull();
  });

  it('is continued behind what is kept of it, with the checksum of the whole', async () => {
    const content = csv(3_000_000);
    await writeFile(path, Buffer.concat([content.subarray(0, 2_000_000), Buffer.from('never flushed')]));
    await part.close();
    part = await reopenPartFile(realFiles, path, 2_000_000, signal);
    expect(part.size).toBe(2_000_000);
    await part.append([content.subarray(2_000_000)]);
    expect(part.md5()).toBe(md5(content));
    expect(await readFile(path)).toEqual(content);
  });

  it('that is shorter than it should be is begun anew', async () => {
    await writeFile(path, 'short');
    await part.close();
    part = await reopenPartFile(realFiles, path, 10, signal);
    expect(part.size).toBe(0);
    expect(part.md5()).toBe(md5(Buffer.alloc(0)));
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('that is gone is made anew', async () => {
    await part.close();
    await rm(path);
    part = await reopenPartFile(realFiles, path, 10, signal);
    expect(part.size).toBe(0);
  });

  it('knows how much of it is safe', async () => {
    await part.append([Buffer.from('abc')]);
    expect([part.size, part.flushed]).toEqual([3, 0]);
    await part.flush();
    expect(part.flushed).toBe(3);
    await part.clear();
    expect([part.size, part.flushed]).toEqual([0, 0]);
  });
});
