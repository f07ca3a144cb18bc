import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FolderCheckProgress } from '../../../electron/contract/manifest.ts';
import { ok } from '../../../electron/contract/result.ts';
import { manifestCalls } from '../../../electron/ipc/manifest-calls.ts';
import { createManifestKeeper } from '../../../electron/manifest/manifest-keeper.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { BATCH, type Downloaded, openDownloaded } from '../manifest/downloaded.ts';
import { startHashWorker } from '../manifest/hash-worker-thread.ts';

let desk: Downloaded;
beforeEach(async () => {
  desk = await openDownloaded();
});
afterEach(() => desk.close());

async function withManifest(...names: string[]): Promise<void> {
  for (const name of names) await desk.download(name, name);
  const keeper = createManifestKeeper({
    database: desk.database,
    history: desk.history,
    startWorker: startHashWorker,
    clock: createFakeClock(),
    onTrouble: (what) => {
      throw new Error(what);
    },
  });
  keeper.write({ id: BATCH, folder: desk.folder });
  await keeper.idle();
}

function serve(askForFolder: () => Promise<string | null>) {
  const progress: FolderCheckProgress[] = [];
  const clock = createFakeClock();
  const calls = manifestCalls({
    startWorker: startHashWorker,
    clock,
    askForFolder,
    onProgress: (told) => progress.push(told),
  });
  return { calls, progress, clock };
}

describe('checking a folder', () => {
  it('asks which one, and answers with what was found', async () => {
    await withManifest('a', 'b');
    const { calls } = serve(async () => desk.folder);
    expect(await calls.checkFolder({ checkId: 'one' })).toMatchObject({
      ok: true,
      value: { folder: desk.folder, count: { same: 2 }, differences: [] },
    });
  });

  it('answers null when none was picked', async () => {
    const { calls } = serve(async () => null);
    expect(await calls.checkFolder({ checkId: 'one' })).toEqual(ok(null));
  });

  it('tells of its progress, but not more than ten times a second', async () => {
    await withManifest('a', 'b', 'c');
    const { calls, progress } = serve(async () => desk.folder);
    await calls.checkFolder({ checkId: 'one' });
    expect(progress).toEqual([{ checkId: 'one', files: 0, filesInAll: 3, bytes: 0, bytesInAll: 3 }]);
  });

  it('is stopped by its own id only, even while a folder is asked for', async () => {
    await withManifest('a');
    let pick = (_folder: string) => {};
    const asked = new Promise<string>((resolve) => {
      pick = resolve;
    });
    const { calls } = serve(() => asked);
    const one = calls.checkFolder({ checkId: 'one' });
    const two = calls.checkFolder({ checkId: 'two' });
    expect(calls.cancelCheck({ checkId: 'two' })).toEqual(ok(null));
    expect(calls.cancelCheck({ checkId: 'nobody' })).toEqual(ok(null));
    pick(desk.folder);
    expect(await two).toMatchObject({ failure: { code: 'cancelled' } });
    expect(await one).toMatchObject({ ok: true, value: { count: { same: 1 } } });
  });
});
