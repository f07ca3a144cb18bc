import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createPartSink,
  createTextSink,
  type PartSinkOptions,
  RefusedBody,
} from '../../../electron/downloads/body-sink.ts';
import { createPartFile, type PartFile } from '../../../electron/downloads/part-file.ts';
import { realFiles } from '../../../electron/downloads/real-files.ts';
import type { BodySink } from '../../../electron/network/http.ts';
import { csv, md5 } from '../../fakes/download-engine.ts';
import { createLatch } from '../../fakes/recording-sink.ts';

let home: string;
let path: string;
let part: PartFile;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cdr-sink-'));
  path = join(home, 'a.cdrpart');
  const made = await createPartFile(realFiles, path);
  if (!made) throw new Error('no part');
  part = made;
});
afterEach(async () => {
  await part.close();
  await rm(home, { recursive: true });
});

const sinkFor = (change: Partial<PartSinkOptions> = {}): BodySink =>
  createPartSink({
    part,
    beginsAs: 'text',
    most: null,
    onBegin: () => (part.size > 0 ? part.clear() : undefined),
    onTaken: () => undefined,
    onWhole() {},
    onOver: async () => {},
    ...change,
  });

/** Gives a body to a sink as a connection does, in pieces of `size` bytes. */
async function give(body: Buffer, size: number, sink: BodySink): Promise<void> {
  try {
    for (let at = 0; at < body.length; at += size) await sink.take(body.subarray(at, at + size));
  } catch (error) {
    await sink.letGo();
    throw error;
  }
  await sink.end();
}

/** What the part has on the disk. */
async function onDisk(): Promise<Buffer> {
  await part.flush();
  return readFile(path);
}

const refusal = (code: string) => ({ name: 'RefusedBody', failure: { code } });

describe('a body', () => {
  it.each([1, 7, 1000, 100_000])(
    'that comes in pieces of %i bytes is written and hashed whole',
    async (size) => {
      const content = csv(5000);
      await give(content, size, sinkFor());
      expect(await onDisk()).toEqual(content);
      expect(await part.md5()).toBe(md5(content));
    },
  );

  it.each([1, 7, 1000])(
    'takes the place of earlier bytes only when it begins rightly, in pieces of %i',
    async (size) => {
      part.append(Buffer.from('earlier bytes'));
      const begun: string[] = [];
      const body = (name: string) =>
        sinkFor({
          async onBegin() {
            begun.push(name);
            await part.clear();
          },
        });
      const page = Buffer.from(`<!doctype html>${'<p>'.repeat(500)}`);
      await expect(give(page, size, body('page'))).rejects.toMatchObject(refusal('not-a-file'));
      expect(String(await onDisk())).toBe('earlier bytes');
      await give(csv(800), size, body('file'));
      expect(await onDisk()).toEqual(csv(800));
      expect(begun).toEqual(['file']);
    },
  );

  it.each([0, 1, 3, 255, 256])('of %i bytes is looked at too', async (length) => {
    await give(csv(length), 100, sinkFor());
    expect(await onDisk()).toEqual(csv(length));
    const html = Buffer.from('<html>'.padEnd(length)).subarray(0, length);
    const wanted = html.length < 6 ? undefined : expect.any(RefusedBody);
    expect(await give(html, 100, sinkFor()).catch((error: unknown) => error)).toEqual(wanted);
  });

  it('that continues is put behind the bytes that are there, whatever it looks like', async () => {
    part.append(Buffer.from('one,'));
    await give(Buffer.from('<html>'), 2, sinkFor({ beginsAs: null }));
    expect(String(await onDisk())).toBe('one,<html>');
    expect(await part.md5()).toBe(md5(Buffer.from('one,<html>')));
  });

  it.each<[string, Partial<PartSinkOptions>, number]>([
    ['from its beginning', {}, 1200],
    ['behind other bytes', { beginsAs: null }, 1300],
  ])('that comes %s is ended when it is longer than it may be', async (_, how, most) => {
    if (how.beginsAs === null) part.append(csv(100));
    await expect(give(csv(5000), 500, sinkFor({ ...how, most }))).rejects.toMatchObject(
      refusal('wrong-size'),
    );
    expect(part.size).toBeLessThanOrEqual(most);
  });

  it('may be exactly as long as it may be', async () => {
    await give(csv(1200), 500, sinkFor({ most: 1200 }));
    expect(part.size).toBe(1200);
  });
});

describe('a body is held back', () => {
  const beginning = csv(256);

  it.each<[string, (latch: Promise<void>) => Partial<PartSinkOptions>]>([
    ['the part is behind', (latch) => ({ part: { ...part, size: 0, append: () => latch } })],
    ['its bytes are more than may come', (latch) => ({ onTaken: () => latch })],
    ['the part is made ready', (latch) => ({ onBegin: () => latch })],
  ])('as long as %s', async (_, held) => {
    const latch = createLatch();
    const steps: string[] = [];
    const taken = sinkFor(held(latch.opened)).take(beginning);
    const taking = taken?.then(() => steps.push('taken'));
    await readFile(path);
    steps.push('opened');
    latch.open();
    await taking;
    expect(steps).toEqual(['opened', 'taken']);
  });

  it('until both the part and its reader want more', async () => {
    const [disk, pace] = [createLatch(), createLatch()];
    const sink = sinkFor({
      part: { ...part, size: 0, append: () => disk.opened },
      onTaken: () => pace.opened,
    });
    const steps: string[] = [];
    const taken = sink.take(beginning)?.then(() => steps.push('taken'));
    pace.open();
    await readFile(path);
    steps.push('written');
    disk.open();
    await taken;
    expect(steps).toEqual(['written', 'taken']);
  });

  it('by nothing else', () => {
    const sink = sinkFor();
    expect(sink.take(csv(100))).toBeUndefined();
    expect(sink.take(csv(1000))).toBeUndefined();
    expect(part.size).toBe(1100);
  });

  it('and fails when the part does, or the making ready', async () => {
    const broken = () => Promise.reject(new Error('no'));
    const failingPart = sinkFor({ part: { ...part, size: 0, append: broken } });
    await expect(failingPart.take(beginning)).rejects.toThrow('no');
    await expect(sinkFor({ onBegin: broken }).take(beginning)).rejects.toThrow('no');
    expect(part.size).toBe(0);
  });

  it('after each of its pieces, told how long that is', async () => {
    const told: number[] = [];
    const onTaken = (bytes: number) => void told.push(bytes, part.size);
    await give(csv(700), 300, sinkFor({ onTaken }));
    expect(told).toEqual([300, 300, 300, 600, 100, 700]);
  });
});

describe('when no more bytes come', () => {
  it.each<[string, (sink: BodySink) => Promise<void>]>([
    ['at the end', (sink) => sink.end()],
    ['after a break', (sink) => sink.letGo()],
  ])('what still goes on is waited for %s', async (_, over) => {
    const latch = createLatch();
    const steps: string[] = [];
    const sink = sinkFor({
      async onOver() {
        await latch.opened;
        steps.push('over');
      },
    });
    sink.take(csv(300));
    const ended = over(sink).then(() => steps.push('ended'));
    latch.open();
    await ended;
    expect(steps).toEqual(['over', 'ended']);
  });

  it('what went wrong behind the back is told at the end, and by nobody after a break', async () => {
    const onOver = () => Promise.reject(new Error('no'));
    await expect(sinkFor({ onOver }).end()).rejects.toThrow('no');
    await expect(sinkFor({ onOver }).letGo()).resolves.toBeUndefined();
  });

  it('a short body that is refused at its end has nothing go on either', async () => {
    let over = 0;
    const sink = sinkFor({
      async onOver() {
        over += 1;
      },
    });
    sink.take(Buffer.from('<html>'));
    await expect(sink.end()).rejects.toThrow(RefusedBody);
    expect(over).toBe(1);
  });
});

describe('a refusal', () => {
  it('is kept up to its first bytes', async () => {
    const sink = createTextSink(5);
    for (const text of ['abc', 'defg', 'h']) expect(sink.take(Buffer.from(text))).toBeUndefined();
    await sink.end();
    expect(sink.text()).toBe('abcde');
  });
});
