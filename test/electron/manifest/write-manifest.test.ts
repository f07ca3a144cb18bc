import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileSystem } from '../../../electron/downloads/file-system.ts';
import { realFiles } from '../../../electron/downloads/real-files.ts';
import { createFileHasher, type FileHasher } from '../../../electron/manifest/hash-files.ts';
import { manifestText, readManifest } from '../../../electron/manifest/manifest-file.ts';
import type { ManifestRow } from '../../../electron/manifest/manifest-row.ts';
import { writeManifest } from '../../../electron/manifest/write-manifest.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { BATCH, type Downloaded, md5, openDownloaded, sha256 } from './downloaded.ts';
import { startHashWorker } from './hash-worker-thread.ts';

let desk: Downloaded;
let hasher: FileHasher;
beforeEach(async () => {
  desk = await openDownloaded();
  hasher = createFileHasher(startHashWorker);
});
afterEach(async () => {
  hasher.close();
  await desk.close();
});

interface How {
  readonly files?: FileSystem;
  readonly batch?: number;
  readonly clock?: ReturnType<typeof createFakeClock>;
  readonly signal?: AbortSignal;
}

const write = ({ batch = BATCH, clock = createFakeClock(), files = realFiles, signal }: How = {}) =>
  writeManifest({
    batch: { id: batch, folder: desk.folder },
    history: desk.history,
    hasher,
    clock,
    files,
    signal: signal ?? new AbortController().signal,
  });

async function rowsOf(name: string): Promise<readonly ManifestRow[]> {
  const content = await readManifest(join(desk.folder, name));
  if (content.kind !== 'manifest') throw new Error(`${name} is ${content.kind}`);
  return content.rows;
}
const listed = async (name = 'manifest.csv') => (await rowsOf(name)).map((row) => row.name);

const failing = (code: string, change: (fail: () => Promise<never>) => Partial<FileSystem>): FileSystem => ({
  ...realFiles,
  ...change(async () => {
    throw Object.assign(new Error(code), { code, syscall: 'test' });
  }),
});

describe('the manifest of a batch', () => {
  it('says of each file what it is, where it came from, when and how', async () => {
    await desk.download('a.zip', 'PK bytes', { attempts: 3 });
    expect(await write()).toEqual({ ok: true, value: { name: 'manifest.csv', leftOut: [] } });
    expect(await rowsOf('manifest.csv')).toEqual([
      {
        name: 'a.zip',
        size: 8,
        md5Expected: md5('PK bytes'),
        md5Found: md5('PK bytes'),
        sha256: sha256('PK bytes'),
        service: 'cisco-cca',
        account: 'acme-machine',
        report: 'Daily CDR archives',
        period: '2026-10-01/2026-10-31',
        downloadedAt: Date.UTC(2026, 10, 1, 9, 30),
        attempts: 3,
        outcome: 'verified',
        notes: '',
      },
    ]);
    expect(await desk.names()).toEqual(['a.zip', 'manifest.csv']);
  });

  it('lists every file that it brought, and no other', async () => {
    await desk.download('unverified', 'a', { outcome: 'unverified' });
    await desk.download('there', 'b', { outcome: 'already-there', attempts: 0 });
    await desk.download('failed', 'c', { outcome: 'failed', size: null, md5: null });
    await desk.download('cancelled', 'd', { outcome: 'cancelled', size: null, md5: null });
    await desk.download('of another batch', 'e', { batchId: BATCH + 1 });
    await write();
    expect(await listed()).toEqual(['unverified', 'there']);
  });

  it('has the last download of each name', async () => {
    await desk.download('a', 'old', { attempts: 1 });
    await desk.download('a', 'new', { attempts: 2 });
    await write();
    expect(await rowsOf('manifest.csv')).toMatchObject([{ name: 'a', sha256: sha256('new'), attempts: 2 }]);
  });

  it('may have very many files', async () => {
    const names = Array.from({ length: 501 }, (_, n) => `${n}.csv`);
    for (const name of names) await desk.download(name, name);
    await write();
    expect(await listed()).toEqual(names);
  });

  it('leaves out a file that is no longer what was downloaded, and says so', async () => {
    await desk.download('same', 'a');
    for (const name of ['grown', 'altered', 'gone', 'folder', 'link']) await desk.download(name, name);
    await desk.put('grown', 'grown and more');
    await desk.put('altered', 'ALTERED');
    for (const name of ['gone', 'folder', 'link']) await rm(join(desk.folder, name));
    await mkdir(join(desk.folder, 'folder'));
    await symlink(join(desk.folder, 'same'), join(desk.folder, 'link'));
    const written = await write();
    expect(written).toEqual({
      ok: true,
      value: {
        name: 'manifest.csv',
        leftOut: [
          { name: 'grown', result: 'changed' },
          { name: 'altered', result: 'changed' },
          { name: 'gone', result: 'missing' },
          { name: 'folder', result: 'missing' },
          { name: 'link', result: 'missing' },
        ],
      },
    });
    expect(await listed()).toEqual(['same']);
  });

  it('is not written when there is nothing to list', async () => {
    await desk.download('a', 'a');
    await rm(join(desk.folder, 'a'));
    expect(await write()).toMatchObject({ value: { name: null } });
    expect(await write({ batch: 99 })).toEqual({ ok: true, value: { name: null, leftOut: [] } });
    expect(await desk.names()).toEqual([]);
  });
});

describe('in a folder that has a manifest', () => {
  it('the rows of other downloads stay, and those of the same name are replaced', async () => {
    await desk.download('a', 'old a', { batchId: 1 });
    await desk.download('b', 'b', { batchId: 1 });
    await write({ batch: 1 });
    await desk.download('a', 'new a', { batchId: 2 });
    await desk.download('c', 'c', { batchId: 2 });
    await write({ batch: 2 });
    expect((await rowsOf('manifest.csv')).map(({ name, sha256 }) => [name, sha256])).toEqual([
      ['a', sha256('new a')],
      ['b', sha256('b')],
      ['c', sha256('c')],
    ]);
    expect(await desk.names()).toEqual(['a', 'b', 'c', 'manifest.csv']);
  });

  it.each([
    ['of somebody else', () => 'name,amount\r\nphone,12\r\n'],
    ['that is empty', () => ''],
    ['that is damaged', () => `${[...manifestText([])].join('')}a,b\r\n`],
    [
      'with columns that somebody added',
      () => [...manifestText([])].join('').replace('outcome', 'outcome,comment'),
    ],
  ])('%s, that one is not touched', async (_, content) => {
    await desk.put('manifest.csv', content());
    await desk.download('a', 'a', { batchId: 1 });
    expect(await write({ batch: 1 })).toMatchObject({ value: { name: 'manifest (2).csv' } });
    await desk.download('b', 'b', { batchId: 2 });
    expect(await write({ batch: 2 })).toMatchObject({ value: { name: 'manifest (2).csv' } });
    expect(await desk.read('manifest.csv')).toBe(content());
    expect(await listed('manifest (2).csv')).toEqual(['a', 'b']);
  });

  it('that is a folder, it is not touched', async () => {
    await mkdir(join(desk.folder, 'manifest.csv'));
    await desk.download('a', 'a');
    await write();
    expect(await listed('manifest (2).csv')).toEqual(['a']);
  });

  it('that appears while ours is written, it is not touched', async () => {
    await desk.download('a', 'a');
    const files: FileSystem = {
      ...realFiles,
      async link(...paths) {
        await desk.put('manifest.csv', 'first').catch(() => {});
        return realFiles.link(...paths);
      },
    };
    expect(await write({ files })).toMatchObject({ value: { name: 'manifest (2).csv' } });
    expect(await desk.read('manifest.csv')).toBe('first');
  });
});

describe('when it cannot be written', () => {
  it.each([
    ['the disk is full', 'ENOSPC', 'disk-full'],
    ['the folder is read-only', 'EACCES', 'no-permission'],
  ])('because %s, the old one stays, and nothing is left over', async (_, code, expected) => {
    await desk.download('a', 'a', { batchId: 1 });
    await write({ batch: 1 });
    await desk.download('b', 'b', { batchId: 2 });
    const files = failing(code, (open) => ({ open }));
    expect(await write({ batch: 2, files })).toMatchObject({ ok: false, failure: { code: expected } });
    expect(await listed()).toEqual(['a']);
    expect(await desk.names()).toEqual(['a', 'b', 'manifest.csv']);
  });

  it('because the folder is gone, that is said', async () => {
    await desk.download('a', 'a');
    const files = failing('ENOENT', (open) => ({ open }));
    expect(await write({ files })).toMatchObject({ failure: { code: 'folder-missing' } });
  });

  it('because a program holds the old one, it is tried for a while', async () => {
    await desk.download('a', 'a', { batchId: 1 });
    await write({ batch: 1 });
    await desk.download('b', 'b', { batchId: 2 });
    const clock = createFakeClock();
    let refused = 0;
    const files: FileSystem = {
      ...realFiles,
      async rename(...paths) {
        if (++refused > 2) return realFiles.rename(...paths);
        throw Object.assign(new Error('EBUSY'), { code: 'EBUSY', syscall: 'rename' });
      },
    };
    const writing = write({ batch: 2, files, clock });
    for (const pause of [50, 100]) {
      await clock.untilSleeping();
      await clock.advance(pause);
    }
    expect(await writing).toMatchObject({ ok: true });
    expect(await listed()).toEqual(['a', 'b']);
  });

  it('because it was stopped, the folder is as it was', async () => {
    await desk.download('a', 'a');
    expect(await write({ signal: AbortSignal.abort() })).toMatchObject({ failure: { code: 'cancelled' } });
    expect(await desk.names()).toEqual(['a']);
  });
});
