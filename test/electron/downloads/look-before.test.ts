import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../electron/contract/history.ts';
import { lookBefore } from '../../../electron/downloads/look-before.ts';
import { realFiles } from '../../../electron/downloads/real-files.ts';
import type { FileReference } from '../../../electron/history/file-reference.ts';
import { csv, md5 } from '../../fakes/download-engine.ts';
import { diskError, faultyFiles } from '../../fakes/faulty-files.ts';
import { type OneRun, openOneRun } from '../../fakes/one-run.ts';
import { someFile } from '../../fakes/some-file.ts';

const content = csv(5000);
const wanted = { size: content.length, md5: md5(content) };
const alreadyThere = { kind: 'done', outcome: 'already-there', arrived: wanted, notes: [] };

let one: OneRun;
beforeEach(async () => {
  one = await openOneRun();
});
afterEach(() => one.close());

const look = (change: Partial<FileReference> = {}) => {
  const run = one.begin({ ...wanted, ...change });
  return lookBefore(one.parts(), run).then((end) => ({ end, stored: run.stored() }));
};

describe('a file that is in its folder already', () => {
  it.each([
    ['under its own name', 'a.csv', wanted],
    ['under the next name', 'a (2).csv', wanted],
    ['though its size was not announced', 'a.csv', { ...wanted, size: null }],
  ])('is known by its bytes, %s, without an attempt', async (_, name, announced) => {
    if (name !== 'a.csv') await one.put('a.csv', 'of somebody else');
    await one.put(name, content);
    const { end, stored } = await look(announced);
    expect(end).toEqual(alreadyThere);
    expect(stored).toMatchObject({ finalName: name, attempts: 0 });
  });

  it.each([
    ['has another size', content.subarray(1), wanted],
    ['has other bytes', csv(5000, 2), wanted],
    ['can not be told by a checksum', content, { ...wanted, md5: null }],
  ])('is not when it %s', async (_, bytes, announced) => {
    await one.put('a.csv', bytes);
    expect(await look(announced)).toMatchObject({ end: null, stored: { finalName: null } });
  });

  it('is not looked for behind a name that is free', async () => {
    await one.put('a (2).csv', content);
    expect((await look()).end).toBeNull();
  });

  it('is neither a folder nor what can not be read', async () => {
    await mkdir(join(one.folder, 'a.csv'));
    expect((await look()).end).toBeNull();
    await one.put('b.csv', content);
    const unreadable = faultyFiles({
      before: (call) => (call === 'open' ? diskError('EACCES', 'open') : null),
    });
    expect(await lookBefore(one.parts(unreadable), one.begin({ ...wanted, name: 'b.csv' }))).toBeNull();
  });

  it('is not said to be there when the run was stopped meanwhile', async () => {
    await one.put('a.csv', content);
    const run = one.begin(wanted);
    run.stop();
    expect(await lookBefore(one.parts(), run)).toBeNull();
    expect(run.saved).toEqual([]);
  });
});

describe('a file that was given another name in its folder', () => {
  function remember(
    change: Partial<FileReference> = {},
    outcome: Outcome = 'verified',
    folder = one.folder,
  ): void {
    const reference = someFile({ ...wanted, ...change });
    one.history.record({
      reference,
      batchId: null,
      name: reference.name,
      path: join(folder, reference.name),
      startedAt: 0,
      endedAt: 1,
      ...wanted,
      attempts: 1,
      outcome,
      failureCode: null,
      notes: [],
    });
  }

  it.each<Outcome>(['verified', 'unverified', 'already-there'])(
    'is found when the history knows it as %s, without an attempt',
    async (outcome) => {
      remember({}, outcome);
      await one.put('march.csv', content);
      await one.put('not it.csv', csv(5000, 2));
      const { end, stored } = await look();
      expect(end).toEqual(alreadyThere);
      expect(stored).toMatchObject({ finalName: 'march.csv', attempts: 0 });
    },
  );

  it.each<[string, () => void]>([
    ['does not know it', () => {}],
    ['knows another file', () => remember({ fileId: 'other' })],
    ['knows the file of another account', () => remember({ accountKey: 'other' })],
    ['knows it in another folder', () => remember({}, 'verified', '/elsewhere')],
    ['knows that it failed', () => remember({}, 'failed')],
    ['knows that it was cancelled', () => remember({}, 'cancelled')],
  ])('is not searched for when the history %s', async (_, history) => {
    history();
    await one.put('march.csv', content);
    let searches = 0;
    const files = faultyFiles({
      before: (call) => {
        if (call === 'readdir') searches += 1;
        return null;
      },
    });
    expect(await lookBefore(one.parts(files), one.begin(wanted))).toBeNull();
    expect(searches).toBe(0);
  });

  it.each([
    ['without a size', { size: null }],
    ['without a checksum', { md5: null }],
  ])('is not searched for %s', async (_, announced) => {
    remember();
    await one.put('march.csv', content);
    expect((await look(announced)).end).toBeNull();
  });

  it('is not the part of another download', async () => {
    remember();
    await one.put('b.csv.cdrpart', content);
    expect((await look()).end).toBeNull();
  });

  it('is not believed to be where it was seconds ago', async () => {
    remember();
    await one.put('march.csv', content);
    const parts = one.parts();
    await parts.filesOfSize(one.folder, content.length);
    await rename(join(one.folder, 'march.csv'), join(one.folder, 'april.csv'));
    expect(await lookBefore(parts, one.begin(wanted))).toBeNull();
  });
});

describe('what an interrupted run left behind', () => {
  const part = { fileId: 'id', ...wanted, total: null, validator: null };
  const interrupted = { partName: 'a.csv.cdrpart', finalName: 'a.csv', received: 3000, part };
  const placing = { ...interrupted, size: content.length, received: 5000, md5Found: wanted.md5 };

  it('is finished when the file has its name and only the record of it is missing', async () => {
    await one.put('a.csv', content);
    await one.put('a.csv.cdrpart', content);
    const run = one.begin(wanted, placing);
    expect(await lookBefore(one.parts(), run)).toEqual({ ...alreadyThere, outcome: 'verified' });
    expect(run.stored()).toMatchObject({ state: 'verifying', attempts: 0 });
    expect(await one.names()).toEqual(['a.csv']);
  });

  it.each([
    ['of somebody else', csv(5000, 2), placing],
    ['that was not being put in its place', content, interrupted],
  ])('is continued beside a file %s', async (_, bytes, change) => {
    await one.put('a.csv', bytes);
    await one.put('a.csv.cdrpart', content);
    const run = one.begin(wanted, change);
    expect(await lookBefore(one.parts(), run)).toBeNull();
    expect(run.saved).toEqual([]);
    expect(await one.names()).toEqual(['a.csv', 'a.csv.cdrpart']);
  });

  it('is not forgotten when the run is stopped before it has been looked at', async () => {
    await one.put('a.csv', content);
    const run = one.begin(wanted, { ...placing, received: 0 });
    run.stop();
    expect(await lookBefore(one.parts(), run)).toBeNull();
    expect(run.saved).toEqual([]);
  });

  it('is not forgotten when it can not be read at the moment', async () => {
    await one.put('a.csv', content);
    const run = one.begin(wanted, { ...placing, received: 0 });
    const files = faultyFiles({ before: (call) => (call === 'open' ? diskError('EBUSY', 'open') : null) });
    await expect(lookBefore(one.parts(files), run)).rejects.toThrow('EBUSY');
    expect(run.saved).toEqual([]);
  });

  it('is not forgotten when its disk says nothing of the part', async () => {
    await one.put('a.csv.cdrpart', content);
    const run = one.begin(wanted, interrupted);
    const files = { ...realFiles, lstat: () => Promise.reject(diskError('EIO', 'lstat')) };
    await expect(lookBefore(one.parts(files), run)).rejects.toThrow('EIO');
    expect(run.saved).toEqual([]);
  });

  it('is not forgotten while its folder is away', async () => {
    const run = one.begin(wanted, interrupted);
    await rename(one.folder, `${one.folder} away`);
    await expect(lookBefore(one.parts(), run)).rejects.toThrow('ENOENT');
    expect(run.saved).toEqual([]);
    await rename(`${one.folder} away`, one.folder);
  });

  it.each([
    ['shorter than it was', content.subarray(0, 2999)],
    ['gone', null],
  ])('is forgotten when the part is %s', async (_, bytes) => {
    if (bytes) await one.put('a.csv.cdrpart', bytes);
    const run = one.begin(wanted, interrupted);
    expect(await lookBefore(one.parts(), run)).toBeNull();
    expect(run.stored()).toMatchObject({ received: 0, part: null, md5Found: null });
  });
});
