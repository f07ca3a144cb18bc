/** A part in the disk's thread keeps the promises of one in this thread. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ThreadDisk } from '../../../electron/downloads/disk/thread-disk.ts';
import type { PartFile } from '../../../electron/downloads/part-file.ts';
import { csv, md5 } from '../../fakes/download-engine.ts';
import { type DiskFaults, diskError, faultyFiles } from '../../fakes/faulty-files.ts';
import { createLatch } from '../../fakes/recording-sink.ts';
import { remoteDisk } from '../../fakes/remote-disk.ts';

/** More than one piece of memory takes. */
const LARGE = 600_000;
const content = csv(2_000_000);

let home: string;
let path: string;
let disk: ThreadDisk;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cdr-remote-'));
  path = join(home, 'a.cdrpart');
  disk = remoteDisk(faultyFiles({}));
});
afterEach(async () => {
  await disk.close();
  await rm(home, { recursive: true });
});

async function make(faults: DiskFaults = {}): Promise<PartFile> {
  disk = remoteDisk(faultyFiles(faults));
  const part = await disk.createPart(path);
  if (!part) throw new Error('no part');
  return part;
}

const reopen = (keep: number) => disk.reopenPart(path, keep, new AbortController().signal);
const isOnDisk = async (bytes: Buffer) => bytes.equals(await readFile(path));
const failing = (...calls: string[]): DiskFaults => ({
  before: (call) => (calls.includes(call) ? diskError('EIO', call) : null),
});

describe('the bytes of a part', () => {
  it.each([1000, 70_000, 700_000])('are written and hashed whole, in pieces of %i', async (size) => {
    const part = await make();
    for (let at = 0; at < content.length; at += size) await part.append(content.subarray(at, at + size));
    expect([part.size, part.flushed]).toEqual([content.length, 0]);
    expect(await part.md5()).toBe(md5(content));
    await part.flush();
    expect(part.flushed).toBe(content.length);
    expect(await isOnDisk(content)).toBe(true);
    await part.close();
  });

  it('are held back as long as three pieces are under way', async () => {
    const latch = createLatch();
    const part = await make({
      before: (call) => (call === 'writev' ? latch.opened.then(() => null) : null),
    });
    expect(part.append(csv(LARGE))).toBeUndefined();
    const steps: string[] = [];
    const held = part.append(csv(LARGE))?.then(() => steps.push('goes on'));
    await stat(home);
    steps.push('written');
    latch.open();
    await held;
    expect(steps).toEqual(['written', 'goes on']);
    await part.close();
  });
});

describe('what goes wrong', () => {
  it.each<[string, string, (part: PartFile) => Promise<unknown>]>([
    ['a write', 'writev', (part) => part.flush()],
    ['a write', 'writev', (part) => part.md5()],
    ['a write', 'writev', (part) => part.drain()],
    ['a flush', 'datasync', (part) => part.flush()],
  ])('with %s is told with its code (%s), and never forgotten', async (_, call, tell) => {
    let failures = 1;
    const part = await make({
      before: (made) => (made === call && failures-- > 0 ? diskError('EIO', call) : null),
    });
    await part.append(csv(LARGE));
    await expect(tell(part)).rejects.toMatchObject({ code: 'EIO', syscall: call });
    await expect(part.flush()).rejects.toMatchObject({ code: 'EIO' });
    expect(part.flushed).toBe(0);
    await part.clear();
    await part.append(csv(100));
    await part.flush();
    expect(part.flushed).toBe(100);
    expect(await isOnDisk(csv(100))).toBe(true);
    await part.close();
  });

  it('when a part is begun anew leaves nothing that could be relied on', async () => {
    const part = await make(failing('truncate'));
    await part.append(csv(300));
    await part.flush();
    await part.append(csv(100));
    await expect(part.clear()).rejects.toMatchObject({ code: 'EIO' });
    expect([part.size, part.flushed]).toEqual([0, 0]);
    await part.append(csv(100))?.catch(() => {});
    await expect(part.flush()).rejects.toMatchObject({ code: 'EIO' });
    expect(part.flushed).toBe(0);
    await part.close();
  });
});

describe('a flush', () => {
  it('counts what had come when it began, and not what comes meanwhile', async () => {
    const latch = createLatch();
    const part = await make({
      before: (call) => (call === 'datasync' ? latch.opened.then(() => null) : null),
    });
    await part.append(csv(300));
    const flushing = part.flush();
    await part.append(csv(100));
    latch.open();
    await flushing;
    expect([part.size, part.flushed]).toEqual([400, 300]);
    await part.close();
  });
});

describe('a part on the disk', () => {
  it('is not made where there is something already', async () => {
    await (await make()).close();
    expect(await disk.createPart(path)).toBeNull();
  });

  it('is continued behind what is kept of it, whatever room was taken', async () => {
    const part = await make();
    await part.reserve(content.length);
    await part.append(content.subarray(0, 1_500_000));
    await part.flush();
    await part.close();
    expect((await stat(path)).size).toBe(content.length);
    const again = await reopen(1_500_000);
    expect([again?.size, again?.flushed]).toEqual([1_500_000, 1_500_000]);
    await again?.append(content.subarray(1_500_000));
    expect(await again?.md5()).toBe(md5(content));
    await again?.flush();
    expect(await isOnDisk(content)).toBe(true);
    await again?.close();
  });

  it('stays as it is when the run is stopped before all of it was read again', async () => {
    await writeFile(path, content);
    const stopping = new AbortController();
    const reopening = disk.reopenPart(path, 1_900_000, stopping.signal);
    stopping.abort();
    expect(await reopening).toBeNull();
    expect(await isOnDisk(content)).toBe(true);
  });

  it('is hashed, unless whoever asked has been stopped', async () => {
    await writeFile(path, content);
    expect(await disk.md5Of(path)).toBe(md5(content));
    const stopping = new AbortController();
    const hashing = disk.md5Of(path, stopping.signal);
    stopping.abort();
    expect(await hashing).toBeNull();
  });

  it('and its errors are told with their codes', async () => {
    await expect(disk.files.lstat(path)).rejects.toMatchObject({ code: 'ENOENT', syscall: 'lstat' });
    await expect(disk.files.unlink(path)).rejects.toMatchObject({ code: 'ENOENT', syscall: 'unlink' });
    await expect(disk.createPart(join(path, 'b'))).rejects.toMatchObject({ code: 'ENOENT', syscall: 'open' });
  });
});
