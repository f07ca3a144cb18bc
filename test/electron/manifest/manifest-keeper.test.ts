import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StartHashWorker } from '../../../electron/manifest/hash-files.ts';
import { readManifest } from '../../../electron/manifest/manifest-file.ts';
import { createManifestKeeper, type ManifestKeeper } from '../../../electron/manifest/manifest-keeper.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { type Downloaded, openDownloaded } from './downloaded.ts';
import { startHashWorker } from './hash-worker-thread.ts';

let desk: Downloaded;
let troubles: string[];
let keepers: ManifestKeeper[];
beforeEach(async () => {
  desk = await openDownloaded();
  troubles = [];
  keepers = [];
});
afterEach(async () => {
  for (const keeper of keepers) await keeper.close();
  await desk.close();
});

function open(startWorker: StartHashWorker = startHashWorker): ManifestKeeper {
  const keeper = createManifestKeeper({
    database: desk.database,
    history: desk.history,
    startWorker,
    clock: createFakeClock(),
    onTrouble: (what) => troubles.push(what),
  });
  keepers.push(keeper);
  return keeper;
}

const batch = (id: number, folder = desk.folder) => ({ id, folder });

async function listed(): Promise<string[]> {
  const content = await readManifest(join(desk.folder, 'manifest.csv'));
  return content.kind === 'manifest' ? content.rows.map(({ name }) => name) : [content.kind];
}

/** A thread that never answers. */
const silent: StartHashWorker = () =>
  new Worker("require('node:worker_threads').parentPort.on('message', () => {})", { eval: true });

describe('a manifest keeper', () => {
  it('writes the manifests of batches that end, one after the other', async () => {
    const keeper = open();
    for (const id of [1, 2, 3]) {
      await desk.download(`${id}.csv`, `${id}`, { batchId: id });
      keeper.write(batch(id));
    }
    await keeper.idle();
    expect(await listed()).toEqual(['1.csv', '2.csv', '3.csv']);
    expect(troubles).toEqual([]);
  });

  it('writes it again when more of the batch came', async () => {
    const keeper = open();
    await desk.download('a', 'a', { batchId: 1 });
    keeper.write(batch(1));
    await desk.download('b', 'b', { batchId: 1 });
    keeper.write(batch(1));
    await keeper.idle();
    expect(await listed()).toEqual(['a', 'b']);
  });

  it('stops at once when it is closed, and goes on at the next start', async () => {
    await desk.download('a', 'a', { batchId: 1 });
    const first = open(silent);
    first.write(batch(1));
    await first.close();
    expect(await desk.names()).toEqual(['a']);
    await open().idle();
    expect(await listed()).toEqual(['a']);
    expect(troubles).toEqual([]);
  });

  it('does at the next start what a crash kept it from, once', async () => {
    await desk.download('a', 'a', { batchId: 1 });
    open(silent).write(batch(1));
    await open().idle();
    expect(await listed()).toEqual(['a']);
    await rm(join(desk.folder, 'manifest.csv'));
    await open().idle();
    expect(await desk.names()).toEqual(['a']);
  });

  it('tells what went wrong, and goes on with the next', async () => {
    await desk.download('a', 'a', { batchId: 1 });
    await desk.download('b', 'b', { batchId: 2 });
    const starts: StartHashWorker[] = [() => new Worker('/nowhere.cjs'), startHashWorker];
    const keeper = open(() => (starts.shift() ?? startHashWorker)());
    keeper.write(batch(1));
    keeper.write(batch(2));
    await keeper.idle();
    expect(troubles).toEqual([expect.stringMatching(/^manifest of batch 1: unexpected: hash worker/)]);
    expect(await listed()).toEqual(['b']);
  });

  it('tells of files that are left out, without their names', async () => {
    await desk.download('a', 'a', { batchId: 1 });
    await desk.download('b', 'b', { batchId: 1 });
    await desk.put('b', 'B');
    const keeper = open();
    keeper.write(batch(1));
    await keeper.idle();
    expect(troubles).toEqual(['manifest of batch 1: left out as no longer what was downloaded: 1 (changed)']);
  });

  it('never throws, even when its records cannot be written', async () => {
    const keeper = open();
    desk.database.prepare('DROP TABLE manifests_due').run();
    keeper.write(batch(1));
    await keeper.idle();
    expect(troubles).toEqual(['manifest of batch 1']);
  });
});
