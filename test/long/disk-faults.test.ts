/** Disks that really are full, read-only or gone. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FailureCode } from '../../electron/contract/failure.ts';
import { csv, type Engine, startEngine } from '../fakes/download-engine.ts';
import { mountSmallDisk, type SmallDisk, whyNoMounts } from './mounts.ts';
import { tellSkipped } from './tell-skipped.ts';

const MB = 1_000_000;
const first = csv(MB);
const second = csv(3 * MB, 2);
/** How far the second one is when something happens to its disk. */
const HELD = 1_200_000;

const reason = whyNoMounts();
tellSkipped('tests with disks that fill up or go away', reason);
let disk: SmallDisk;
let engine: Engine;

beforeEach(({ skip }) => {
  skip(reason !== null, reason ?? '');
  disk = mountSmallDisk(8 * MB);
});
afterEach(async () => {
  if (reason !== null) return;
  await engine.close().finally(disk.close);
  expect(engine.bugs).toEqual([]);
});

async function start(given: { home?: string; folder: string }): Promise<void> {
  await mkdir(given.folder, { recursive: true });
  engine = await startEngine(given);
}

/** Takes what room there is. */
async function fillUp(): Promise<void> {
  const block = Buffer.alloc(64 * 1024);
  try {
    for (;;) await writeFile(join(disk.path, 'ballast'), block, { flag: 'a' });
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
}

const makeRoom = () => rm(join(disk.path, 'ballast'));

/** One file is there, the other one has stopped in the middle. Answers with its id. */
async function begin(): Promise<number> {
  const [done = 0] = await engine.add(engine.file('first.csv', { content: first }));
  await engine.reaches(done, 'done');
  const reference = engine.file('second.csv', { content: second });
  engine.server.fail('/second.csv', { kind: 'stall', after: HELD });
  const [id = 0] = await engine.add(reference);
  await engine.receives(id, HELD);
  return id;
}

/** Lets the server go on and waits for how the download ends. */
async function fails(id: number): Promise<FailureCode | undefined> {
  engine.server.release();
  await engine.until(async () => {
    await engine.clock.advance(1000);
    return engine.download(id).state === 'failed';
  });
  return engine.download(id).failure?.code;
}

async function goesOn(id: number): Promise<void> {
  await engine.until(async () => {
    // It may be shown as failed a moment before it is at rest.
    await engine.manager.retry([id]);
    return engine.download(id).state !== 'failed';
  });
  await engine.until(async () => {
    await engine.clock.advance(1000);
    return engine.download(id).state === 'done';
  });
  expect(await engine.read('second.csv')).toEqual(second);
}

const ranges = () => engine.server.requestsFor('/second.csv').map(({ headers }) => headers.range);

describe('a disk that fills up', () => {
  it('keeps what is whole, and goes on when there is room again', async () => {
    await start({ folder: disk.path });
    const id = await begin();
    await fillUp();
    expect(await fails(id)).toBe('disk-full');
    expect(await engine.read('first.csv')).toEqual(first);
    expect(await engine.names()).not.toContain('second.csv');
    await makeRoom();
    await goesOn(id);
    expect(await engine.names()).toEqual(['first.csv', 'second.csv']);
  });

  it('is waited for by what is still to come', async () => {
    await start({ folder: disk.path });
    engine.atOnce = 1;
    const id = await begin();
    const [next = 0] = await engine.add(engine.file('third.csv', { content: csv(2 * MB, 3) }));
    await writeFile(join(disk.path, 'ballast'), Buffer.alloc(3.2 * MB));
    // What was free a moment ago may still be taken for what is.
    await engine.clock.advance(2000);
    engine.server.release();
    await engine.reaches(id, 'done');
    await engine.until(() => engine.download(next).failure !== null);
    expect(engine.download(next)).toMatchObject({
      state: 'waiting',
      failure: { code: 'no-room' },
      attempts: 0,
    });
    await makeRoom();
    await engine.clock.advance(60_000);
    await engine.reaches(next, 'done');
  });

  it('is not begun with when it never had the room', async () => {
    await start({ folder: disk.path });
    const added = await engine.manager.add([engine.file('huge.csv', { content: csv(9 * MB) })], disk.path);
    expect(added).toMatchObject({ ok: false, failure: { code: 'no-room' } });
    expect(await engine.names()).toEqual([]);
  });
});

describe('records on a disk that fills up', () => {
  it('are what they were at the next start', async () => {
    await start({ home: disk.path, folder: join(disk.path, 'files') });
    const id = await begin();
    await fillUp();
    expect(await fails(id)).toBe('disk-full');
    await makeRoom();
    await engine.restart();
    await engine.manager.retry([id]);
    await engine.reaches(id, 'done');
    expect(await engine.read('second.csv')).toEqual(second);
    expect(engine.database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(engine.entries().map(({ name, outcome }) => `${name} ${outcome}`)).toContain(
      'second.csv verified',
    );
  });

  it('are written again without a new start when there is room', async () => {
    await start({ home: disk.path, folder: join(disk.path, 'files') });
    const id = await begin();
    await fillUp();
    expect(await fails(id)).toBe('disk-full');
    await makeRoom();
    await goesOn(id);
    expect(engine.entries().map(({ name }) => name)).toContain('second.csv');
  });
});

describe('a folder', () => {
  it('that becomes read-only keeps what is in it, and is written again when it can be', async () => {
    await start({ folder: disk.path });
    const id = await begin();
    // The system makes nothing read-only that is being written.
    await engine.manager.pause([id]);
    await engine.reaches(id, 'paused');
    disk.readOnly(true);
    await engine.manager.resume([id]);
    expect(await fails(id)).toBe('no-permission');
    expect(await engine.names()).toEqual(['first.csv', 'second.csv.cdrpart']);
    expect(await engine.read('first.csv')).toEqual(first);
    disk.readOnly(false);
    await goesOn(id);
    expect(await engine.names()).toEqual(['first.csv', 'second.csv']);
    expect(ranges().at(-1)).toMatch(/^bytes=\d+-$/);
  });

  it('that is read-only from the start is said to be so', async () => {
    await start({ folder: disk.path });
    disk.readOnly(true);
    const [id = 0] = await engine.add(engine.file('second.csv', { content: second }));
    expect(await fails(id)).toBe('no-permission');
    disk.readOnly(false);
    await goesOn(id);
  });

  it('that is deleted while downloading is missed, and filled again when it is back', async () => {
    await start({ folder: join(disk.path, 'files') });
    const id = await begin();
    await rm(engine.folder, { recursive: true });
    expect(await fails(id)).toBe('folder-missing');
    await mkdir(engine.folder);
    await goesOn(id);
    expect(await engine.names()).toEqual(['second.csv']);
  });

  it('on a stick that is pulled out is missed, and what it has is used when it is back', async () => {
    await start({ folder: join(disk.path, 'files') });
    const id = await begin();
    disk.pullOut();
    expect(await fails(id)).toBe('folder-missing');
    disk.plugIn();
    await goesOn(id);
    expect(await engine.names()).toEqual(['first.csv', 'second.csv']);
    expect(await engine.read('first.csv')).toEqual(first);
    // All of it had come before its folder was missed.
    expect(ranges()).toEqual([undefined]);
  });
});
