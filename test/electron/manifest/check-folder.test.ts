import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckFolderOptions, checkFolder } from '../../../electron/manifest/check-folder.ts';
import { createFileHasher } from '../../../electron/manifest/hash-files.ts';
import { manifestText, readManifest } from '../../../electron/manifest/manifest-file.ts';
import { writeManifest } from '../../../electron/manifest/write-manifest.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { BATCH, type Downloaded, openDownloaded } from './downloaded.ts';
import { countedWorkers, startHashWorker } from './hash-worker-thread.ts';

let desk: Downloaded;
beforeEach(async () => {
  desk = await openDownloaded();
});
afterEach(() => desk.close());

/** Leaves the manifest of what was downloaded so far. */
async function leaveManifest(batch = BATCH): Promise<void> {
  const hasher = createFileHasher(startHashWorker);
  const written = await writeManifest({
    batch: { id: batch, folder: desk.folder },
    history: desk.history,
    hasher,
    clock: createFakeClock(),
    signal: new AbortController().signal,
  });
  hasher.close();
  if (!written.ok) throw new Error(written.failure.code);
}

const check = (options: Partial<CheckFolderOptions> = {}) =>
  checkFolder({
    folder: desk.folder,
    startWorker: startHashWorker,
    signal: new AbortController().signal,
    ...options,
  });

async function differences(): Promise<string[]> {
  const checked = await check();
  if (!checked.ok) throw new Error(checked.failure.code);
  return checked.value.differences.map(({ name, result }) => `${name} ${result}`);
}

/** Another name for a file in the manifest than it has on the disk. */
async function renameInManifest(from: string, to: string): Promise<void> {
  const path = join(desk.folder, 'manifest.csv');
  const content = await readManifest(path);
  if (content.kind !== 'manifest') throw new Error(content.kind);
  const rows = content.rows.map((row) => (row.name === from ? { ...row, name: to } : row));
  await desk.put('manifest.csv', [...manifestText(rows)].join(''));
}

describe('a checked folder', () => {
  it('has its differences in the order of their names, and counts the rest', async () => {
    for (const name of ['same', 'other same', 'longer', 'altered', 'gone']) await desk.download(name, name);
    await leaveManifest();
    await desk.put('longer', 'longer than before');
    await desk.put('altered', 'ALTERED');
    await rm(join(desk.folder, 'gone'));
    await desk.put('by the way', 'x');
    expect(await check()).toEqual({
      ok: true,
      value: {
        folder: desk.folder,
        count: { same: 2, changed: 2, missing: 1, unreadable: 0, extra: 1 },
        differences: [
          { name: 'altered', result: 'changed', sizeExpected: 7, size: 7 },
          { name: 'by the way', result: 'extra', sizeExpected: null, size: null },
          { name: 'gone', result: 'missing', sizeExpected: 4, size: null },
          { name: 'longer', result: 'changed', sizeExpected: 6, size: 18 },
        ],
      },
    });
  });

  it('that is whole has none', async () => {
    await desk.download('a', 'a');
    await leaveManifest();
    expect(await differences()).toEqual([]);
  });

  it('says which files cannot be read', async () => {
    await desk.download('a', 'a');
    await leaveManifest();
    const answer = "{ kind: 'unreadable', code: 'EACCES' }";
    const port = "require('node:worker_threads').parentPort";
    const startWorker = () =>
      new Worker(`${port}.on('message', () => ${port}.postMessage(${answer}))`, { eval: true });
    expect(await check({ startWorker })).toMatchObject({
      value: { differences: [{ name: 'a', result: 'unreadable', sizeExpected: 1, size: null }] },
    });
  });

  it('has nothing extra but files: no folders, parts, manifests of ours, and what file managers leave', async () => {
    await desk.download('a', 'a');
    await leaveManifest();
    await mkdir(join(desk.folder, 'folder'));
    for (const name of ['b.cdrpart', '.DS_Store', 'Thumbs.db', 'desktop.ini']) await desk.put(name, 'x');
    expect(await differences()).toEqual([]);
  });

  it('is looked at by the names that its file system made of ours', async () => {
    await desk.download('M\u00e4rz.ZIP', 'a');
    await leaveManifest();
    await rename(join(desk.folder, 'M\u00e4rz.ZIP'), join(desk.folder, 'ma\u0308rz.zip'));
    expect(await differences()).toEqual([]);
  });

  it('has no file in the place of a folder or of a link to one', async () => {
    await desk.download('a', 'a');
    await leaveManifest();
    await rm(join(desk.folder, 'a'));
    await mkdir(join(desk.folder, 'a'));
    expect(await differences()).toEqual(['a missing']);
  });

  it('is never left, whatever its manifest names', async () => {
    await mkdir(join(desk.folder, 'inner'));
    await desk.download('a', 'a');
    await desk.put('inner/a', 'a');
    await leaveManifest();
    await rm(join(desk.folder, 'a'));
    for (const [from, to] of [
      ['a', 'inner/a'],
      ['inner/a', join(desk.folder, 'inner', 'a')],
      [join(desk.folder, 'inner', 'a'), '../a'],
    ] as const) {
      await renameInManifest(from, to);
      expect(await differences()).toEqual([`${to} missing`]);
    }
  });
});

describe('the manifests of a folder', () => {
  it('count together; one of somebody else is a file like any other', async () => {
    await desk.put('manifest.csv', 'name,amount\r\n');
    await desk.download('a', 'a');
    await leaveManifest();
    expect(await desk.names()).toEqual(['a', 'manifest (2).csv', 'manifest.csv']);
    expect(await differences()).toEqual(['manifest.csv extra']);
  });

  it('say of a file what the newest says', async () => {
    await desk.download('a', 'old', { batchId: 1, endedAt: 1000 });
    await leaveManifest(1);
    const older = await desk.read('manifest.csv');
    await desk.download('a', 'new', { batchId: 2, endedAt: 2000 });
    await leaveManifest(2);
    await desk.put('manifest (2).csv', older);
    expect(await differences()).toEqual([]);
  });

  it('must be there', async () => {
    await desk.put('a', 'a');
    expect(await check()).toMatchObject({ failure: { code: 'not-a-manifest', subject: 'manifest.csv' } });
    await desk.put('manifest.csv', 'name,amount\r\n');
    expect(await check()).toMatchObject({ failure: { code: 'not-a-manifest' } });
  });

  it('must be whole, or the line is named', async () => {
    await desk.download('a', 'a');
    await leaveManifest();
    await desk.put('manifest.csv', `${await desk.read('manifest.csv')}b,1\r\n`);
    expect(await check()).toMatchObject({
      failure: { code: 'not-a-manifest', detail: 'line 3 of manifest.csv' },
    });
  });

  it('are in a folder that is there', async () => {
    expect(await check({ folder: join(desk.folder, 'nowhere') })).toMatchObject({
      failure: { code: 'folder-missing' },
    });
  });
});

describe('a check', () => {
  it('shows how far it is, to the end', async () => {
    await desk.download('a', 'aaa');
    await desk.download('b', 'b');
    await leaveManifest();
    await rm(join(desk.folder, 'a'));
    const told: unknown[] = [];
    await check({ onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([
      { files: 0, filesInAll: 2, bytes: 0, bytesInAll: 4 },
      { files: 1, filesInAll: 2, bytes: 3, bytesInAll: 4 },
      { files: 2, filesInAll: 2, bytes: 4, bytesInAll: 4 },
    ]);
  });

  it('shows how far it is within a large file', async () => {
    const size = 17 * 1024 * 1024;
    await desk.download('a', 'x'.repeat(size));
    await leaveManifest();
    const told: number[] = [];
    await check({ onProgress: ({ bytes }) => told.push(bytes) });
    expect(told).toEqual([0, 8 * 1024 * 1024, 16 * 1024 * 1024, size]);
  });

  it('stops at once, and ends its thread', async () => {
    await desk.download('a', 'a');
    await leaveManifest();
    const abort = new AbortController();
    const workers = countedWorkers();
    const stopped = check({
      startWorker: workers.start,
      signal: abort.signal,
      onProgress: () => setImmediate(() => abort.abort()),
    });
    expect(await stopped).toMatchObject({ failure: { code: 'cancelled' } });
    while (workers.alive > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await check({ signal: abort.signal })).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('that cannot start its thread says so', async () => {
    await desk.download('a', 'a');
    await leaveManifest();
    expect(await check({ startWorker: () => new Worker('/nowhere.cjs') })).toMatchObject({
      failure: { code: 'unexpected' },
    });
  });

  it('ends its thread when it is done', async () => {
    await desk.download('a', 'a');
    await leaveManifest();
    const workers = countedWorkers();
    await check({ startWorker: workers.start });
    while (workers.alive > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(workers.started).toBe(1);
  });
});
