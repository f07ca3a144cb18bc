/** The part that a run writes, and the name that it gets. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ClaimedPart,
  claimPart,
  leavePart,
  type PartClaim,
} from '../../../electron/downloads/claim-part.ts';
import type { QueueRow } from '../../../electron/downloads/queue-row.ts';
import type { PartRecord } from '../../../electron/downloads/resume-decision.ts';
import type { Run, RunParts } from '../../../electron/downloads/run.ts';
import { takeFreeName } from '../../../electron/downloads/take-name.ts';
import { csv, md5 } from '../../fakes/download-engine.ts';
import { diskError, faultyFiles } from '../../fakes/faulty-files.ts';
import { type OneRun, openOneRun, type StartedRun } from '../../fakes/one-run.ts';

const content = csv(5000);
const announced = { size: content.length, md5: md5(content) };
const record: PartRecord = { fileId: 'id', ...announced, total: null, validator: null };
const held: Partial<QueueRow> = {
  partName: 'a.csv.cdrpart',
  finalName: 'a.csv',
  received: 3000,
  part: record,
};

let one: OneRun;
beforeEach(async () => {
  one = await openOneRun();
});
afterEach(() => one.close());

async function claimOf(parts: RunParts, run: Run): Promise<PartClaim> {
  const claim = await claimPart(parts, run);
  if (!claim) throw new Error('stopped');
  return claim;
}

describe('a free name', () => {
  const take = (parts = one.parts(), refused?: string[]) =>
    takeFreeName(parts, 99, one.folder, 'a.csv', refused);

  it.each<[string, () => Promise<unknown> | unknown, string]>([
    ['nothing is there', () => {}, 'a.csv'],
    ['a file has it', () => one.put('a.csv', ''), 'a (2).csv'],
    ['another download is on its way there', () => one.begin({}, held), 'a (2).csv'],
    [
      'one is on its way to a name like it',
      () => one.begin({}, { ...held, finalName: 'A.CSV' }),
      'a (2).csv',
    ],
    [
      'a file that was downloaded has a name like it',
      async () => {
        one.begin({}, { state: 'done', finalName: 'A.csv' });
        await one.put('A.csv', '');
      },
      'a (2).csv',
    ],
    [
      'a file that was downloaded is gone',
      () => one.begin({}, { state: 'done', finalName: 'a.csv' }),
      'a.csv',
    ],
    ['a download was cancelled', () => one.begin({}, { state: 'cancelled', finalName: 'a.csv' }), 'a.csv'],
  ])('is found when %s', async (_, prepare, name) => {
    await prepare();
    expect(await take()).toBe(name);
  });

  it('is none of those that are refused', async () => {
    expect(await take(one.parts(), ['A.CSV', 'A (2).CSV'])).toBe('a (3).csv');
  });

  it('is another one for each of many that look at the same time', async () => {
    const parts = one.parts();
    const names = await Promise.all([1, 2, 3, 4].map((id) => takeFreeName(parts, id, one.folder, 'a.csv')));
    expect(names.sort()).toEqual(['a (2).csv', 'a (3).csv', 'a (4).csv', 'a.csv']);
  });
});

describe('a part', () => {
  it('is written down, with what else is to be, before it is made', async () => {
    const run = one.begin();
    const seen: unknown[] = [];
    const files = faultyFiles({
      before(call) {
        if (call === 'open') seen.push(run.stored().partName, run.stored().attempts);
        return null;
      },
    });
    const claim = await claimOf(one.parts(files), run);
    expect([claim.part, run.saved]).toEqual([null, []]);
    const made = await claim.begin({ attempts: 1 });
    expect(seen).toEqual(['a.csv.cdrpart', 1]);
    expect(claim.part).toBe(made);
    expect(made).toMatchObject({ name: 'a.csv.cdrpart', record: null });
    await claim.begin({ attempts: 2 });
    expect(run.saved).toHaveLength(2);
    await made.file.close();
    expect(await one.names()).toEqual(['a.csv.cdrpart']);
  });

  it('of another program is left alone', async () => {
    await one.put('a.csv.cdrpart', 'of somebody else');
    const run = one.begin();
    const claim = await claimOf(one.parts(), run);
    const { file, name } = await claim.begin({});
    await file.close();
    expect(name).toBe('a (2).csv.cdrpart');
    expect(run.stored()).toMatchObject({ partName: name, finalName: 'a (2).csv' });
    expect(await one.read('a.csv.cdrpart')).toBe('of somebody else');
  });

  it('is one of its own for each of two downloads of the same name', async () => {
    const parts = one.parts();
    const claims = await Promise.all([one.begin(), one.begin()].map((run) => claimOf(parts, run)));
    const made = await Promise.all(claims.map((claim) => claim.begin({})));
    await Promise.all(made.map(({ file }) => file.close()));
    expect(made.map(({ name }) => name).sort()).toEqual(['a (2).csv.cdrpart', 'a.csv.cdrpart']);
  });

  it('that is there already is continued behind the bytes that are safe', async () => {
    await one.put('a.csv.cdrpart', content);
    const { part } = await claimOf(one.parts(), one.begin(announced, held));
    expect(part).toMatchObject({ name: 'a.csv.cdrpart', record });
    expect(part?.file.size).toBe(3000);
    await part?.file.close();
    expect((await stat(join(one.folder, 'a.csv.cdrpart'))).size).toBe(3000);
  });

  it.each<[string, Partial<QueueRow>]>([
    ['of which nothing is safe', { received: 0 }],
    ['of which it is not known whose it is', { part: null }],
    ['of another file', { part: { ...record, fileId: 'other' } }],
  ])('%s is deleted, never written into', async (_, change) => {
    await one.put('a.csv.cdrpart', content);
    const run = one.begin(announced, { ...held, ...change });
    const { part } = await claimOf(one.parts(), run);
    expect(part).toBeNull();
    expect(run.stored()).toMatchObject({ received: 0, part: null, partName: null, finalName: null });
    await expect(stat(join(one.folder, 'a.csv.cdrpart'))).rejects.toThrow('ENOENT');
  });

  it('that can not be made costs no attempt', async () => {
    const run = one.begin();
    const refusing = faultyFiles({ before: (call) => (call === 'open' ? diskError('EROFS', 'open') : null) });
    const claim = await claimOf({ ...one.parts(), files: refusing }, run);
    await expect(claim.begin({ state: 'downloading', attempts: 1 })).rejects.toThrow('EROFS');
    expect(run.stored()).toMatchObject({ attempts: 0, partName: null, finalName: null });
  });

  it('stays as it is when the run is stopped', async () => {
    await one.put('a.csv.cdrpart', content);
    const run = one.begin(announced, held);
    run.stop();
    expect(await claimPart(one.parts(), run)).toBeNull();
    expect(run.saved).toEqual([]);
    expect((await stat(join(one.folder, 'a.csv.cdrpart'))).size).toBe(content.length);
  });
});

describe('leaving a part', () => {
  /** A run whose part has the first bytes of the file. */
  async function started(files = faultyFiles({})): Promise<{ run: StartedRun; part: ClaimedPart }> {
    const run = one.begin(announced);
    const part = await (await claimOf(one.parts(files), run)).begin({});
    part.record = record;
    await part.file.reserve(content.length);
    await part.file.append(content.subarray(0, 2000));
    return { run, part };
  }

  it('makes its bytes safe and writes down how many they are, whatever room was taken', async () => {
    const { run, part } = await started();
    await leavePart(one.parts(), run, part);
    expect(run.stored()).toMatchObject({ received: 2000, part: record, partName: 'a.csv.cdrpart' });
    const again = await claimOf(one.parts(), run);
    expect(await again.part?.file.md5()).toBe(md5(content.subarray(0, 2000)));
    await again.part?.file.close();
  });

  it.each<[string, (part: ClaimedPart) => Promise<void>]>([
    ['no bytes', ({ file }) => file.clear()],
    [
      'bytes of nobody knows what',
      async (part) => {
        part.record = null;
      },
    ],
  ])('that has %s deletes it', async (_, change) => {
    const { run, part } = await started();
    await change(part);
    await leavePart(one.parts(), run, part);
    expect(run.stored()).toMatchObject({ received: 0, part: null, partName: null, finalName: null });
    expect(await one.names()).toEqual([]);
  });

  it('does not count what the disk could not make safe', async () => {
    let full = false;
    const files = faultyFiles({
      before: (call) => (full && call === 'datasync' ? diskError('ENOSPC', 'fdatasync') : null),
    });
    const { run, part } = await started(files);
    await part.file.flush();
    await run.save({ received: 2000, part: record });
    await part.file.append(content.subarray(2000, 4000));
    full = true;
    await leavePart(one.parts(files), run, part);
    expect(run.stored()).toMatchObject({ received: 2000, part: record, partName: 'a.csv.cdrpart' });
  });

  it('that can not be deleted does not forget it', async () => {
    const files = faultyFiles({ before: (call) => (call === 'unlink' ? diskError('EIO', 'unlink') : null) });
    const { run, part } = await started(files);
    part.record = null;
    await leavePart(one.parts(files), run, part);
    expect(run.stored()).toMatchObject({ received: 0, part: null, partName: 'a.csv.cdrpart' });
  });
});
