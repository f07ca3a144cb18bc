import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPartFile, type PartFile, reopenPartFile } from '../../../electron/downloads/part-file.ts';
import { realFiles } from '../../../electron/downloads/real-files.ts';
import { csv, md5 } from '../../fakes/download-engine.ts';
import { type DiskFaults, diskError, faultyFiles } from '../../fakes/faulty-files.ts';
import { createLatch } from '../../fakes/recording-sink.ts';

/** More than one write takes. */
const LARGE = 600_000;

let home: string;
let path: string;
let part: PartFile;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cdr-part-'));
  path = join(home, 'a.cdrpart');
});
afterEach(async () => {
  await part.close().catch(() => {});
  await rm(home, { recursive: true });
});

async function make(faults: DiskFaults = {}): Promise<PartFile> {
  const made = await createPartFile(faultyFiles(faults), path);
  if (!made) throw new Error('no part');
  part = made;
  return made;
}

async function reopen(keep: number): Promise<PartFile> {
  const reopened = await reopenPartFile(realFiles, path, keep, new AbortController().signal);
  if (!reopened) throw new Error('no part');
  part = reopened;
  return reopened;
}

/** `content` in pieces of `size` bytes. */
const pieces = (content: Buffer, size: number) =>
  Array.from({ length: Math.ceil(content.length / size) }, (_, n) =>
    content.subarray(n * size, (n + 1) * size),
  );

const isOnDisk = async (content: Buffer) => content.equals(await readFile(path));

/** What becomes of a call that may answer at once. */
const outcome = (call: () => Promise<void> | undefined): Promise<string> =>
  Promise.resolve()
    .then(call)
    .then(
      () => 'fine',
      (error: Error) => error.message,
    );

/** Lets everything happen that needs no more than the processor and a little of the disk. */
const aWhile = () => stat(home);

describe('the bytes of a part', () => {
  it.each([7, 777, 70_000, 700_000])('are written and hashed whole, in pieces of %i', async (size) => {
    const content = csv(1_200_000);
    const file = await make();
    for (const piece of pieces(content, size)) await file.append(piece);
    await file.flush();
    expect(await file.md5()).toBe(md5(content));
    expect([file.size, file.flushed]).toEqual([content.length, content.length]);
    expect(await isOnDisk(content)).toBe(true);
  });

  it('have their checksum at every moment, written or not', async () => {
    const content = csv(1000);
    const file = await make();
    for (const end of [300, 301, 1000]) {
      await file.append(content.subarray(file.size, end));
      expect(await file.md5()).toBe(md5(content.subarray(0, end)));
    }
  });

  it('get to their places in whatever order their writes end', async () => {
    const latches = [createLatch(), createLatch(), createLatch()];
    let writes = 0;
    const file = await make({
      before: (call) => (call === 'writev' ? (latches[writes++]?.opened.then(() => null) ?? null) : null),
    });
    const content = csv(3 * LARGE);
    for (const piece of pieces(content, LARGE)) void file.append(piece);
    expect(writes).toBe(3);
    const flushed = file.flush();
    for (const latch of latches.toReversed()) {
      latch.open();
      await aWhile();
    }
    await flushed;
    expect(await isOnDisk(content)).toBe(true);
  });

  it('are held back as soon as two writes are under way, until one has ended', async () => {
    const latch = createLatch();
    const file = await make({
      before: (call) => (call === 'writev' ? latch.opened.then(() => null) : null),
    });
    expect(file.append(csv(LARGE))).toBeUndefined();
    let goesOn = false;
    const second = file.append(csv(LARGE))?.then(() => {
      goesOn = true;
    });
    await aWhile();
    expect(goesOn).toBe(false);
    latch.open();
    await second;
    expect(goesOn).toBe(true);
  });

  it('are all written by a system that writes less than it is given', async () => {
    const content = csv(20_000);
    const file = await make({ mostPerWrite: 999 });
    for (const piece of pieces(content, 2500)) await file.append(piece);
    await file.append(Buffer.alloc(0));
    await file.flush();
    expect(await isOnDisk(content)).toBe(true);
  });
});

describe('a write that fails', () => {
  /** The first write of a new part fails, all others would not. */
  async function withFailedWrite(): Promise<PartFile> {
    const file = await make({ beforeWrite: failOnce(diskError('ENOSPC', 'write')) });
    void file.append(csv(LARGE));
    await aWhile();
    return file;
  }

  function failOnce(error: Error) {
    let left = 1;
    return () => (left-- > 0 ? error : null);
  }

  it.each<[string, (file: PartFile) => Promise<void> | undefined]>([
    ['bytes', (file) => file.append(csv(1))],
    ['full buffer', (file) => file.append(csv(LARGE))],
    ['flush', (file) => file.flush()],
  ])('is told of by the next %s, and by all that follow', async (_, call) => {
    const file = await withFailedWrite();
    expect(await outcome(() => call(file))).toBe('ENOSPC: write');
    expect(await outcome(() => file.append(csv(1)))).toBe('ENOSPC: write');
    expect(await outcome(() => file.flush())).toBe('ENOSPC: write');
    expect(file.flushed).toBe(0);
  });

  it('is told of to whoever waits for it', async () => {
    const latch = createLatch();
    const file = await make({
      before: (call) => (call === 'writev' ? latch.opened.then(() => diskError('EIO', 'write')) : null),
    });
    void file.append(csv(LARGE));
    const held = outcome(() => file.append(csv(LARGE)));
    const flushing = outcome(() => file.flush());
    latch.open();
    expect(await Promise.all([held, flushing])).toEqual(['EIO: write', 'EIO: write']);
  });

  it('does not keep the part from being closed, or from being begun anew', async () => {
    const file = await withFailedWrite();
    await file.clear();
    await file.append(Buffer.from('anew'));
    await file.flush();
    expect(await readFile(path, 'utf8')).toBe('anew');
    await file.close();
  });
});

describe('a flush', () => {
  it('counts what had come when it began, and not what comes meanwhile', async () => {
    const latch = createLatch();
    const file = await make({
      before: (call) => (call === 'datasync' ? latch.opened.then(() => null) : null),
    });
    await file.append(csv(300));
    const flushing = file.flush();
    await file.append(csv(LARGE));
    latch.open();
    await flushing;
    expect([file.size, file.flushed]).toEqual([300 + LARGE, 300]);
  });

  it('is not asked of the disk when there is nothing new', async () => {
    let flushes = 0;
    const file = await make({
      before: (call) => {
        if (call === 'datasync') flushes += 1;
        return null;
      },
    });
    await file.flush();
    await file.append(csv(10));
    await file.flush();
    await file.flush();
    expect(flushes).toBe(1);
  });

  it('that failed makes its bytes unsafe for ever, though the disk says only once that they are', async () => {
    let failures = 1;
    const file = await make({
      before: (call) => (call === 'datasync' && failures-- > 0 ? diskError('EIO', 'fdatasync') : null),
    });
    await file.append(csv(300));
    expect(await outcome(() => file.flush())).toBe('EIO: fdatasync');
    expect(await outcome(() => file.append(csv(300)))).toBe('EIO: fdatasync');
    expect(await outcome(() => file.flush())).toBe('EIO: fdatasync');
    expect(file.flushed).toBe(0);
    await file.clear();
    await file.append(csv(200));
    await file.flush();
    expect(file.flushed).toBe(200);
  });
});

describe('a part that is begun anew', () => {
  it('has nothing of what was on its way to the disk', async () => {
    const latch = createLatch();
    const file = await make({
      before: (call) => (call === 'writev' ? latch.opened.then(() => null) : null),
    });
    await file.append(csv(LARGE, 1));
    await file.append(csv(100, 2));
    const cleared = file.clear();
    latch.open();
    await cleared;
    expect([file.size, file.flushed, await file.md5()]).toEqual([0, 0, md5(Buffer.alloc(0))]);
    await file.append(csv(50, 3));
    await file.flush();
    expect(await readFile(path)).toEqual(csv(50, 3));
  });

  it('holds nothing that could be relied on when that failed', async () => {
    const file = await make({
      before: (call) => (call === 'truncate' ? diskError('EIO', 'ftruncate') : null),
    });
    await file.append(csv(300));
    await file.flush();
    expect(await outcome(() => file.clear())).toBe('EIO: ftruncate');
    expect([file.size, file.flushed]).toEqual([0, 0]);
    expect(await outcome(() => file.append(csv(300)))).toBe('EIO: ftruncate');
    expect(await outcome(() => file.flush())).toBe('EIO: ftruncate');
  });
});

describe('the room of a part', () => {
  it('is taken before its bytes come, and given back when it is continued', async () => {
    const content = csv(10_000);
    const file = await make();
    await file.reserve(content.length);
    expect((await stat(path)).size).toBe(content.length);
    await file.append(content.subarray(0, 4000));
    await file.flush();
    await file.close();
    expect((await stat(path)).size).toBe(content.length);
    const again = await reopen(4000);
    expect((await stat(path)).size).toBe(4000);
    await again.append(content.subarray(4000));
    await again.flush();
    expect(await isOnDisk(content)).toBe(true);
    expect(await again.md5()).toBe(md5(content));
  });

  it('is never less than its bytes need', async () => {
    const file = await make();
    await file.append(csv(300));
    await file.flush();
    await file.reserve(100);
    expect((await stat(path)).size).toBe(300);
  });
});

describe('closing a part', () => {
  it.each([null, diskError('EIO', 'write')])('waits for its writes, which end with %s', async (error) => {
    const latch = createLatch();
    const steps: string[] = [];
    const file = await make({
      async before(call) {
        if (call !== 'writev') return null;
        await latch.opened;
        steps.push('written');
        return error;
      },
    });
    await file.append(csv(LARGE));
    const closed = file.close().then(() => steps.push('closed'));
    await aWhile();
    latch.open();
    await closed;
    expect(steps).toEqual(['written', 'closed']);
  });
});

describe('a part on the disk', () => {
  it('is not made where there is something already', async () => {
    await make();
    expect(await createPartFile(realFiles, path)).toBeNull();
  });

  it('is continued behind what is kept of it, with the checksum of the whole', async () => {
    const content = csv(3_000_000);
    await writeFile(path, Buffer.concat([content.subarray(0, 2_000_000), Buffer.from('never flushed')]));
    const file = await reopen(2_000_000);
    expect([file.size, file.flushed]).toEqual([2_000_000, 2_000_000]);
    await file.append(content.subarray(2_000_000));
    await file.flush();
    expect(await file.md5()).toBe(md5(content));
    expect(await isOnDisk(content)).toBe(true);
  });

  it('that is shorter than it should be is begun anew', async () => {
    await writeFile(path, 'short');
    const file = await reopen(10);
    expect([file.size, await file.md5()]).toEqual([0, md5(Buffer.alloc(0))]);
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('stays as it is when the run is stopped before all of it was read again', async () => {
    const content = csv(3_000_000);
    await writeFile(path, content);
    const stopping = new AbortController();
    const reopening = reopenPartFile(realFiles, path, 2_000_000, stopping.signal);
    stopping.abort();
    expect(await reopening).toBeNull();
    expect(await isOnDisk(content)).toBe(true);
  });

  it('that is gone is made anew', async () => {
    expect((await reopen(10)).size).toBe(0);
    expect(await readFile(path, 'utf8')).toBe('');
  });
});
