import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileSystem } from '../../../electron/downloads/file-system.ts';
import { placeFile } from '../../../electron/downloads/place-file.ts';
import { type DiskCall, diskError, faultyFiles } from '../../fakes/faulty-files.ts';
import { type OneRun, openOneRun } from '../../fakes/one-run.ts';

let one: OneRun;
/** What was done, in order. */
let steps: string[];
beforeEach(async () => {
  one = await openOneRun();
  steps = [];
  await one.put('a.csv.cdrpart', 'the file');
});
afterEach(() => one.close());

const place = (files: FileSystem, signal = new AbortController().signal) => {
  const names = ['a.csv', 'a (2).csv', 'a (3).csv'];
  return placeFile({
    files,
    clock: one.clock,
    signal,
    folder: one.folder,
    partName: 'a.csv.cdrpart',
    async nextName() {
      const name = names.shift() ?? '';
      steps.push(name);
      return name;
    },
    async syncFolder(folder) {
      expect(folder).toBe(one.folder);
      steps.push('sync');
    },
  });
};

/** Fails in each of these calls as long as `which` says so. */
const failing = (calls: readonly DiskCall[], code: string, which: () => boolean = () => true) =>
  faultyFiles({ before: (call) => (calls.includes(call) && which() ? diskError(code, call) : null) });

/** Two ways to the final name: a link, and a rename where there are none. */
const ways: [string, FileSystem][] = [
  ['links', faultyFiles({})],
  ['renames', failing(['link'], 'ENOTSUP')],
];

describe.each(ways)('a file system with %s', (_, files) => {
  it('has the file under its name, and its folder synchronised then', async () => {
    expect(await place(files)).toMatchObject({ ok: true });
    expect(steps).toEqual(['a.csv', 'sync']);
    expect(await one.names()).toEqual(['a.csv']);
    expect(await one.read('a.csv')).toBe('the file');
  });

  it('has no file replaced', async () => {
    await one.put('a.csv', 'one');
    await one.put('a (2).csv', 'two');
    expect(await place(files)).toMatchObject({ ok: true });
    expect(await one.names()).toEqual(['a (2).csv', 'a (3).csv', 'a.csv']);
    expect(await one.read('a.csv')).toBe('one');
    expect(await one.read('a (3).csv')).toBe('the file');
  });
});

describe('a file that another program holds', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])('and that is refused with %s is tried again', async (code) => {
    let tries = 0;
    const placed = place(failing(['link', 'rename'], code, () => tries++ < 7));
    await one.clock.untilSleeping();
    expect(await one.names()).toEqual(['a.csv.cdrpart']);
    await until(placed);
    expect(await placed).toMatchObject({ ok: true });
    expect(await one.names()).toEqual(['a.csv']);
  });

  it('for longer than a minute fails, and keeps its part', async () => {
    const begun = one.clock.now();
    const placed = place(failing(['link', 'rename'], 'EBUSY'));
    await until(placed);
    expect(await placed).toEqual({ ok: false, failure: { code: 'file-busy', detail: 'EBUSY' } });
    expect(one.clock.now() - begun).toBeGreaterThanOrEqual(60_000);
    expect(one.clock.now() - begun).toBeLessThan(70_000);
    expect(await one.names()).toEqual(['a.csv.cdrpart']);
    expect(steps).not.toContain('sync');
  });

  it('is not waited for when the run is stopped', async () => {
    const stopping = new AbortController();
    const placed = place(failing(['link', 'rename'], 'EBUSY'), stopping.signal);
    await one.clock.untilSleeping();
    stopping.abort();
    expect(await placed).toMatchObject({ ok: false, failure: { code: 'file-busy' } });
  });

  it('only by its part is in its place all the same', async () => {
    const placed = place(failing(['unlink'], 'EIO'));
    expect(await placed).toMatchObject({ ok: true });
    expect(await one.read('a.csv')).toBe('the file');
  });
});

describe('a file that can not get its name', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'no-permission'],
    ['EIO', 'disk-error'],
  ])('because of %s fails with %s', async (code, meaning) => {
    const end = await place(failing(['link', 'rename'], code));
    expect(end).toEqual({ ok: false, failure: { code: meaning, detail: code } });
  });

  it('because its folder is gone fails with that', async () => {
    await rm(one.folder, { recursive: true });
    expect(await place(faultyFiles({}))).toMatchObject({ ok: false, failure: { code: 'folder-missing' } });
  });
});

/** Lets time pass until it has come to its end. */
async function until(placed: Promise<unknown>): Promise<void> {
  let over = false;
  void placed.finally(() => {
    over = true;
  });
  while (!over) {
    await Promise.race([placed, one.clock.untilSleeping()]);
    if (!over) await one.clock.advance(100);
  }
}
