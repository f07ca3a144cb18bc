import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileSystem } from '../../../electron/downloads/file-system.ts';
import { realFiles } from '../../../electron/downloads/real-files.ts';
import { createRoomFor, fits, usableBytes } from '../../../electron/downloads/room.ts';
import { csv, type Engine, startEngine } from '../../fakes/download-engine.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { diskError } from '../../fakes/faulty-files.ts';

describe('the room on a disk', () => {
  it('is what is free but for a hundredth of it, and never more than 100 MB', () => {
    expect(usableBytes(1_000_000)).toBe(990_000);
    expect(usableBytes(1e12)).toBe(1e12 - 1e8);
  });

  it('is told in numbers when it is not enough', () => {
    expect(fits(990_000, 1_000_000)).toBeNull();
    expect(fits(0, 0)).toBeNull();
    expect(fits(4_210_000_000, 1_090_000_000)).toEqual({
      code: 'no-room',
      detail: 'needs 4.2 GB, 1.1 GB free',
    });
    expect(fits(990_001, 1_000_000)?.detail).toBe('needs 1.0 MB, 1.0 MB free');
  });

  it('is not questioned where nobody knows it', async () => {
    const clock = createFakeClock();
    const files = { statfs: async () => Promise.reject(diskError('ENOSYS', 'statfs')) };
    expect(await createRoomFor(files, clock)('/', 1e15)).toBeNull();
    const roomFor = createRoomFor(realFiles, clock);
    expect(await roomFor('/not/there', 1e15)).toBeNull();
    expect(await roomFor(tmpdir(), 1)).toBeNull();
    expect((await roomFor(tmpdir(), 1e18))?.code).toBe('no-room');
  });

  it('is asked for once a second, less what has been asked for, and again before anybody is refused', async () => {
    const clock = createFakeClock();
    let looks = 0;
    let free = 1000;
    const statfs = async () => {
      looks += 1;
      return { bavail: free, bsize: 1 };
    };
    const roomFor = createRoomFor({ statfs }, clock);
    expect(await Promise.all([300, 300, 300].map((bytes) => roomFor('/a', bytes)))).toEqual([
      null,
      null,
      null,
    ]);
    expect(looks).toBe(1);
    free = 100;
    expect((await roomFor('/a', 300))?.code).toBe('no-room');
    expect(looks).toBe(2);
    free = 1000;
    expect(await roomFor('/a', 300)).toBeNull();
    await clock.advance(1001);
    expect(await roomFor('/a', 900)).toBeNull();
    expect(looks).toBe(4);
  });
});

describe('adding to a disk', () => {
  let engine: Engine;
  let other: string;
  /** Bytes that are free on the disk of the files, and which folders are on it besides. */
  let free: number;
  let disks: Map<string, number>;
  beforeEach(async () => {
    engine = await startEngine();
    other = await mkdtemp(join(tmpdir(), 'cdr-other-'));
    disks = new Map([[engine.folder, 1]]);
    const files: FileSystem = {
      ...realFiles,
      statfs: async () => ({ bavail: free, bsize: 1 }),
      stat: async (path) => ({ dev: disks.get(String(path)) ?? 2 }),
    };
    engine.files = files;
    engine.signedIn = false;
    await engine.restart();
  });
  afterEach(async () => {
    await engine.close();
    await rm(other, { recursive: true });
    expect(engine.bugs).toEqual([]);
  });

  const file = (name: string, size: number | null = 1000) =>
    engine.file(name, { content: csv(1000) }, { size });
  const add = async (...names: readonly string[]) => {
    const added = await engine.manager.add(
      names.map((name) => file(name)),
      engine.folder,
    );
    return added.ok ? added.value.added : added.failure.code;
  };

  it('is refused when the files have no room together, and adds none of them', async () => {
    free = 2500;
    expect(await add('a', 'b', 'c')).toBe('no-room');
    expect(engine.manager.list().downloads).toEqual([]);
    expect(await add('a', 'b')).toBe(2);
  });

  it('counts what the queue is still to write there, and nothing of what came to its end', async () => {
    free = 2500;
    expect(await add('a', 'b')).toBe(2);
    expect(await add('c')).toBe('no-room');
    await engine.manager.cancel([1]);
    expect(await add('c')).toBe(1);
  });

  it('counts the bytes that are missing of a file that is there in part', async () => {
    free = 1e6;
    await add('a');
    const row = engine.store.row(1);
    if (row) engine.store.save({ ...row, received: 600 });
    await engine.restart();
    free = 1450;
    expect(await add('b')).toBe(1);
  });

  it('counts other folders of the same disk, but of no other', async () => {
    free = 2500;
    await engine.manager.add([file('a'), file('b')], other);
    expect(await add('c', 'd')).toBe(2);
    await engine.manager.cancel('all');
    disks.set(other, 1);
    await engine.manager.add([file('e'), file('f')], other);
    expect(await add('g')).toBe('no-room');
  });

  it('counts no file twice that is in the queue already', async () => {
    free = 2500;
    await add('a', 'b');
    expect(await add('a', 'b')).toBe(0);
  });

  it('counts no file that is on the disk already', async () => {
    free = 1500;
    await writeFile(join(engine.folder, 'a'), csv(1000));
    await writeFile(join(engine.folder, 'b'), csv(999));
    await mkdir(join(engine.folder, 'c'));
    expect(await add('a', 'b')).toBe(2);
    expect(await add('c')).toBe('no-room');
  });

  it('counts a failed file that is asked for again', async () => {
    free = 1e6;
    await add('a');
    const row = engine.store.row(1);
    if (row) engine.store.save({ ...row, state: 'failed', received: 400 });
    await engine.restart();
    free = 500;
    expect(await add('a')).toBe('no-room');
    free = 700;
    expect(await add('a')).toBe(0);
  });

  it('counts nothing for a size that nobody knows', async () => {
    free = 0;
    const added = await engine.manager.add([file('a', null)], engine.folder);
    expect(added.ok).toBe(true);
  });
});
