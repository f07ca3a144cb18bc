/** What is remembered of the folders that files go to. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFilesOfSize } from '../../../electron/downloads/folder-sizes.ts';
import { createFolderSync } from '../../../electron/downloads/folder-sync.ts';
import { createNameClaims } from '../../../electron/downloads/name-claims.ts';
import { realFiles } from '../../../electron/downloads/real-files.ts';
import { foldText } from '../../../electron/lib/fold-text.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { type DiskFaults, diskError, faultyFiles } from '../../fakes/faulty-files.ts';
import { createLatch } from '../../fakes/recording-sink.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdr-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('synchronising a folder', () => {
  /** Notes which folders the disk was asked to synchronise; `verdicts` are what becomes of it, one after the other. */
  function watched(...verdicts: (Error | null | Promise<Error | null>)[]) {
    const asked: string[] = [];
    const before: DiskFaults['before'] = (call, path) => {
      if (call !== 'sync') return null;
      asked.push(path);
      return verdicts[asked.length - 1] ?? null;
    };
    return { asked, sync: createFolderSync(faultyFiles({ before })) };
  }

  it('is done once more for all who ask while it is being done', async () => {
    const latch = createLatch();
    const { asked, sync } = watched(latch.opened.then(() => null));
    const first = sync(folder);
    const others = [1, 2, 3].map(() => sync(folder));
    latch.open();
    await Promise.all([first, ...others]);
    expect(asked).toEqual([folder, folder]);
    await sync(folder);
    expect(asked).toHaveLength(3);
  });

  it('does not count for those who ask after it began', async () => {
    const latches = [createLatch(), createLatch()];
    const { asked, sync } = watched(...latches.map((latch) => latch.opened.then(() => null)));
    const steps: string[] = [];
    const first = sync(folder).then(() => steps.push('first'));
    const second = sync(folder).then(() => steps.push('second'));
    latches[0]?.open();
    await first;
    expect(steps).toEqual(['first']);
    latches[1]?.open();
    await second;
    expect(asked).toHaveLength(2);
  });

  it('keeps no other folder waiting', async () => {
    const other = join(folder, 'other');
    await mkdir(other);
    const latch = createLatch();
    const { asked, sync } = watched(latch.opened.then(() => null));
    const first = sync(folder);
    await vi.waitFor(() => expect(asked).toEqual([folder]));
    await sync(other);
    expect(asked).toEqual([folder, other]);
    latch.open();
    await first;
  });

  it('that is not possible is as good as done, and is tried again later', async () => {
    const { asked, sync } = watched(diskError('EPERM', 'fsync'), diskError('EIO', 'fsync'));
    await Promise.all([sync(folder), sync(folder)]);
    await sync(folder);
    expect(asked).toHaveLength(3);
    await sync(join(folder, 'not there'));
    expect(asked).toHaveLength(3);
  });

  it('that fails in another way does not keep the next from being done', async () => {
    const { asked, sync } = watched(new TypeError('bug'));
    const [first, second] = await Promise.allSettled([sync(folder), sync(folder)]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    await sync(folder);
    expect(asked).toHaveLength(3);
  });
});

describe('the files of a size', () => {
  const clock = createFakeClock();
  const write = (name: string, size: number) => writeFile(join(folder, name), Buffer.alloc(size));

  it('are found by it: files only, and no parts', async () => {
    await Promise.all([write('a', 10), write('b', 10), write('c', 11), write('d.cdrpart', 10)]);
    await mkdir(join(folder, 'e'));
    const ofSize = createFilesOfSize(realFiles, clock);
    expect([...(await ofSize(folder, 10))].sort()).toEqual(['a', 'b']);
    expect(await ofSize(folder, 11)).toEqual(['c']);
    expect(await ofSize(folder, 12)).toEqual([]);
  });

  it('are looked for once for many who ask within seconds, and again later', async () => {
    let looks = 0;
    const before: DiskFaults['before'] = (call) => {
      if (call === 'readdir') looks += 1;
      return null;
    };
    const ofSize = createFilesOfSize(faultyFiles({ before }), clock);
    await write('a', 10);
    await Promise.all([ofSize(folder, 10), ofSize(folder, 10), ofSize(folder, 11)]);
    await clock.advance(10_000);
    await write('b', 10);
    expect(await ofSize(folder, 10)).toEqual(['a']);
    expect(looks).toBe(1);
    await clock.advance(1);
    expect([...(await ofSize(folder, 10))].sort()).toEqual(['a', 'b']);
    clock.set(clock.now() - 86_400_000);
    await ofSize(folder, 10);
    await ofSize(join(folder, 'other'), 10);
    expect(looks).toBe(4);
  });

  it('are none where nothing can be read', async () => {
    const before: DiskFaults['before'] = (call) =>
      call === 'readdir' ? diskError('EACCES', 'scandir') : null;
    expect(await createFilesOfSize(faultyFiles({ before }), clock)(folder, 10)).toEqual([]);
    expect(await createFilesOfSize(realFiles, clock)(join(folder, 'not there'), 10)).toEqual([]);
  });
});

describe('a name that a download has chosen', () => {
  const isClaimed = (names: ReturnType<typeof createNameClaims>, name: string, where = '/one') =>
    names.isClaimed(where, foldText(name));

  it('is its own in its folder, however it is written, until it lets go', () => {
    const names = createNameClaims();
    names.claim(1, '/one', 'É.csv');
    expect(isClaimed(names, 'e\u0301.CSV')).toBe(true);
    expect(isClaimed(names, 'É.csv', '/other')).toBe(false);
    names.release(2);
    expect(isClaimed(names, 'É.csv')).toBe(true);
    names.release(1);
    names.release(1);
    expect(isClaimed(names, 'É.csv')).toBe(false);
  });

  it('is free again when it chooses another', () => {
    const names = createNameClaims();
    names.claim(1, '/one', 'a.csv');
    names.claim(1, '/one', 'a (2).csv');
    expect(['a.csv', 'a (2).csv'].map((name) => isClaimed(names, name))).toEqual([false, true]);
  });
});
