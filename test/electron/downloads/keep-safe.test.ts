import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSafeKeeper, type SafeKeeper } from '../../../electron/downloads/keep-safe.ts';
import { createPartFile, type PartFile } from '../../../electron/downloads/part-file.ts';
import type { PartRecord } from '../../../electron/downloads/resume-decision.ts';
import type { Run } from '../../../electron/downloads/run.ts';
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts';
import { diskError, faultyFiles } from '../../fakes/faulty-files.ts';
import { createLatch } from '../../fakes/recording-sink.ts';

const MIB = 1024 * 1024;
const record: PartRecord = { fileId: 'id', size: null, md5: null, total: null, validator: '"one"' };
const block = Buffer.alloc(MIB, 'a');

let home: string;
let file: PartFile;
let clock: FakeClock;
let keeper: SafeKeeper;
/** What was written down, in order. */
let saved: number[];
/** What becomes of each flush that the disk is asked for. */
let flushes: (Promise<Error | null> | Error | null)[];
/** What becomes of writing it down. */
let saving: Promise<unknown>;
let asked: number;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cdr-safe-'));
  asked = 0;
  saved = [];
  flushes = [];
  saving = Promise.resolve();
  const files = faultyFiles({
    before: (call) => (call === 'datasync' ? (flushes[asked++] ?? null) : null),
  });
  const made = await createPartFile(files, join(home, 'a.cdrpart'));
  if (!made) throw new Error('no part');
  file = made;
  clock = createFakeClock();
  const run: Pick<Run, 'save'> = {
    async save({ received, part }) {
      expect(part).toEqual(record);
      await saving;
      saved.push(received ?? -1);
    },
  };
  keeper = createSafeKeeper(run, { file, record }, clock);
});
afterEach(async () => {
  await file.close();
  await rm(home, { recursive: true });
});

/** Takes a MiB. Answers with what the keeper wants to be waited for. */
async function takeOne(): Promise<{ readonly held: Promise<void> | undefined }> {
  await file.append(block);
  return { held: keeper.taken() };
}

/** Takes so many MiB, none of which may be held back. */
async function take(count: number): Promise<void> {
  for (let taken = 0; taken < count; taken++) expect((await takeOne()).held).toBeUndefined();
}

const held = () => {
  const latch = createLatch();
  return { open: latch.open, opened: latch.opened.then(() => null) };
};

describe('the bytes of a part are made safe', () => {
  it('and written down after 32 MiB, without holding anybody back', async () => {
    await take(31);
    await keeper.over();
    expect([asked, saved]).toEqual([0, []]);
    await take(1);
    await keeper.over();
    expect(saved).toEqual([32 * MIB]);
  });

  it('after five seconds, however few they are, and when no more of them come', async () => {
    await take(1);
    await clock.advance(4999);
    expect(asked).toBe(0);
    await clock.advance(1);
    await keeper.over();
    expect(saved).toEqual([MIB]);
  });

  it('never again once the body is over', async () => {
    await take(1);
    await keeper.over();
    await clock.advance(60_000);
    expect(asked).toBe(0);
  });

  it.each(['disks', 'records'])('by one flush at a time, until %s have it', async (what) => {
    const latch = held();
    if (what === 'disks') flushes = [latch.opened];
    else saving = latch.opened;
    await take(70);
    expect([asked, saved]).toEqual([1, []]);
    latch.open();
    await keeper.over();
    expect(saved).toEqual([32 * MIB]);
    await take(1);
    await keeper.over();
    expect(saved).toEqual([32 * MIB, 71 * MIB]);
  });

  it('before a body that is over is dealt with, so that what is written down never becomes less', async () => {
    const latch = held();
    saving = latch.opened;
    await take(40);
    const ended = keeper.over().then(() => saved.push(file.size));
    await file.flush();
    expect(saved).toEqual([]);
    latch.open();
    await ended;
    expect(saved).toEqual([32 * MIB, 40 * MIB]);
  });
});

describe('a network that is faster than the disk', () => {
  it('is held back by 128 MiB that are not safe, until the flush is done', async () => {
    const latch = held();
    flushes = [latch.opened];
    await take(128);
    const waiting = await takeOne();
    latch.open();
    await waiting.held;
    expect(saved).toEqual([32 * MIB]);
    expect((await takeOne()).held).toBeUndefined();
    await keeper.over();
    expect(saved).toEqual([32 * MIB, 130 * MIB]);
  });
});

describe('a flush that fails', () => {
  it('is told of at the end, and by the part itself', async () => {
    flushes = [diskError('EIO', 'fdatasync')];
    await take(32);
    await expect(keeper.over()).rejects.toThrow('EIO');
    expect(() => keeper.taken()).not.toThrow();
    await expect(file.append(block)).rejects.toThrow('EIO');
    expect(saved).toEqual([]);
  });

  it('because the records can not be written is told of to whoever waits', async () => {
    saving = Promise.reject(new Error('records'));
    saving.catch(() => {});
    await take(32);
    await file.flush();
    await take(128);
    await expect((await takeOne()).held).rejects.toThrow('records');
    await expect(keeper.over()).rejects.toThrow('records');
    expect(saved).toEqual([]);
  });
});
