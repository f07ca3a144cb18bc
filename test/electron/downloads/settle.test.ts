import { describe, expect, it } from 'vitest';
import { type DownloadState, downloadStates } from '../../../electron/contract/download-state.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { newRow, type QueueRow } from '../../../electron/downloads/queue-row.ts';
import { failedRun, type RunEnd } from '../../../electron/downloads/run.ts';
import { cancel, obeyLate, settle, type Wish } from '../../../electron/downloads/settle.ts';
import { someFile } from '../../fakes/some-file.ts';

const NOW = 5_000_000;
const arrived = { size: 10, md5: 'a'.repeat(32) };

const row: QueueRow = {
  ...newRow(1, someFile({ size: 10, md5: arrived.md5 }), '/files', 1, 1, 7),
  startedAt: 100,
  state: 'downloading',
  received: 4,
  attempts: 2,
  tries: { passing: 1 },
  finalName: 'a (2).csv',
  partName: 'a (2).csv.cdrpart',
  startedNowAt: 50,
};

const done: RunEnd = { kind: 'done', outcome: 'verified', arrived, notes: ['list-may-be-incomplete'] };
const passing = failedRun(failure('service-down', 'status 503'));
const stopped: RunEnd = { kind: 'stopped' };
const end = (how: RunEnd, wish: Parameters<typeof settle>[2] = null) => settle(row, how, wish, NOW, 0);

describe('after a run', () => {
  it('a whole file is done, whatever was wished meanwhile', () => {
    for (const wish of [null, 'pause', 'cancel', 'wait'] as const) {
      const { row: after, record } = end(done, wish);
      expect(after).toMatchObject({
        state: 'done',
        received: 10,
        partName: null,
        notes: ['list-may-be-incomplete'],
      });
      expect(record).toMatchObject({
        outcome: 'verified',
        name: 'a (2).csv',
        batchId: 7,
        startedAt: 100,
        endedAt: NOW,
        attempts: 2,
        notes: ['list-may-be-incomplete'],
        ...arrived,
      });
    }
  });

  it('a pause begins all tries anew, a stop does not', () => {
    expect(end(stopped, 'pause').row).toMatchObject({ state: 'paused', tries: {}, received: 4 });
    expect(end(stopped, 'wait').row).toMatchObject({ state: 'waiting', tries: { passing: 1 } });
    expect(end(stopped, 'pause').record).toBeNull();
  });

  it('a wish counts more than a failure', () => {
    expect(end(passing, 'pause').row).toMatchObject({ state: 'paused', failure: null });
    expect(end(passing, 'wait').row).toMatchObject({ state: 'waiting', nextTryAt: null });
    expect(end(passing, 'cancel').row.state).toBe('cancelled');
  });

  it('a cancelled one keeps the name of its part, which is still to be deleted', () => {
    const { row: after, record } = end(stopped, 'cancel');
    expect(after).toMatchObject({ state: 'cancelled', partName: 'a (2).csv.cdrpart' });
    expect(record).toMatchObject({ outcome: 'cancelled', size: null, md5: null });
  });

  it('a failure that may pass waits', () => {
    const { row: after, record } = end(passing);
    expect(after).toMatchObject({
      state: 'waiting',
      failure: { code: 'service-down' },
      nextTryAt: NOW + 8000,
      tries: { passing: 2 },
    });
    expect(record).toBeNull();
  });

  it('a dead link is marked as such', () => {
    expect(end(failedRun(failure('not-found', ''))).row).toMatchObject({ state: 'waiting', listedAt: 0 });
  });

  it('lost access waits without a time', () => {
    const { row: after, record } = end(failedRun(failure('access-lost', '')));
    expect(after).toMatchObject({ state: 'waiting', nextTryAt: null, failure: { code: 'access-lost' } });
    expect(record).toBeNull();
  });

  it('a final failure is recorded with what arrived', () => {
    const { row: after, record } = end(failedRun(failure('not-a-file', ''), arrived));
    expect(after.state).toBe('failed');
    expect(record).toMatchObject({ outcome: 'failed', failureCode: 'not-a-file', ...arrived });
  });
});

describe('a service that can not be reached', () => {
  const offline = failure('host-not-found', 'ENOTFOUND');
  const unreachable: RunEnd = { kind: 'unreachable', failure: offline };

  it('costs no try, and the file waits with the reason for it', () => {
    expect(end(unreachable)).toMatchObject({
      row: { state: 'waiting', failure: offline, tries: {}, nextTryAt: null, received: 4 },
      record: null,
    });
  });

  it.each<[Wish, DownloadState]>([
    ['pause', 'paused'],
    ['cancel', 'cancelled'],
    ['wait', 'waiting'],
  ])('counts less than a wish: %s', (wish, state) => {
    expect(end(unreachable, wish).row).toMatchObject({ state, failure: null });
  });
});

describe('a place in front', () => {
  it.each<[string, RunEnd, Wish | null, number | null]>([
    ['is kept while a file waits for its next try', passing, null, 50],
    ['is kept over a stop', stopped, 'wait', 50],
    ['is given up by a pause', stopped, 'pause', null],
    ['is given up by a cancelled file', stopped, 'cancel', null],
    ['is given up at the end', done, null, null],
    ['is given up by a failure', failedRun(failure('expired', '')), null, null],
  ])('%s', (_, how, wish, startedNowAt) => {
    expect(end(how, wish).row.startedNowAt).toBe(startedNowAt);
  });
});

describe('a wrong checksum', () => {
  const [one, other] = ['b'.repeat(32), 'c'.repeat(32)];
  const wrong = (md5: string) => failedRun(failure('wrong-checksum', `received ${md5}`), { size: 10, md5 });

  /** What becomes of a row that arrives whole with these checksums, one after the other. */
  function course(...ends: RunEnd[]) {
    let current = row;
    return ends.map((how) => {
      const after = settle(current, how, null, NOW, 0);
      current = { ...after.row, state: 'downloading' };
      return { code: after.row.failure?.code, state: after.row.state, record: after.record };
    });
  }

  it('that comes twice is the doing of the service: both values are told and kept', () => {
    const [first, second] = course(wrong(one), wrong(one));
    expect(first).toEqual({ code: 'wrong-checksum', state: 'waiting', record: null });
    expect(second).toMatchObject({
      code: 'checksum-disagrees',
      state: 'failed',
      record: {
        outcome: 'failed',
        failureCode: 'checksum-disagrees',
        md5: one,
        reference: { md5: arrived.md5 },
      },
    });
    expect(end(wrong(one)).row.wrongMd5).toBe(one);
    expect(settle({ ...row, wrongMd5: one }, wrong(one), null, NOW, 0).row.failure?.detail).toBe(
      `received ${one}, twice`,
    );
  });

  it('that is another one each time is the doing of the line, and ends after one more try', () => {
    expect(course(wrong(one), wrong(other))).toMatchObject([
      { code: 'wrong-checksum', state: 'waiting' },
      { code: 'wrong-checksum', state: 'failed', record: { failureCode: 'wrong-checksum', md5: other } },
    ]);
  });

  it('is not forgotten over what else comes in between, until the file is right', () => {
    expect(course(wrong(one), passing, wrong(one)).at(-1)?.code).toBe('checksum-disagrees');
    const [, right] = course(wrong(one), done);
    expect(right?.state).toBe('done');
    expect(settle({ ...row, wrongMd5: one }, done, null, NOW, 0).row.wrongMd5).toBeNull();
  });

  it('is told from a wrong size, and from a file that did not arrive', () => {
    const size = failedRun(failure('wrong-size', ''), { size: 9, md5: one });
    expect(settle({ ...row, wrongMd5: one }, size, null, NOW, 0).row.failure?.code).toBe('wrong-size');
    const nothing = failedRun(failure('wrong-checksum', ''));
    expect(settle(row, nothing, null, NOW, 0).row.failure?.code).toBe('wrong-checksum');
  });
});

describe('a wish that came while the end was being written down', () => {
  const after: Record<Wish, Partial<Record<DownloadState, DownloadState>>> = {
    pause: { waiting: 'paused', downloading: 'paused', verifying: 'paused' },
    cancel: {
      waiting: 'cancelled',
      downloading: 'cancelled',
      verifying: 'cancelled',
      paused: 'cancelled',
      failed: 'cancelled',
    },
    wait: { paused: 'waiting' },
  };
  const table = (['pause', 'cancel', 'wait'] as const).flatMap((wish) =>
    downloadStates.map((state) => ({ wish, state, becomes: after[wish][state] ?? null })),
  );

  it.each(table)('$wish: what is $state becomes $becomes', ({ wish, state, becomes }) => {
    const written = { ...row, state, failure: failure('service-down', ''), nextTryAt: NOW + 1 };
    const late = obeyLate(written, wish, NOW);
    expect(late?.row.state ?? null).toBe(becomes);
    if (late) expect(late.row).toMatchObject({ failure: null, nextTryAt: null });
  });

  it('is recorded only where there is an end that is not in the history yet', () => {
    expect(obeyLate({ ...row, state: 'waiting' }, 'cancel', NOW)?.record?.outcome).toBe('cancelled');
    expect(obeyLate({ ...row, state: 'failed' }, 'cancel', NOW)?.record).toBeNull();
    expect(obeyLate({ ...row, state: 'waiting' }, 'pause', NOW)?.record).toBeNull();
  });
});

it('cancelling what has failed already is not an end of its own', () => {
  expect(cancel({ ...row, state: 'failed' }, NOW)).toMatchObject({
    row: { state: 'cancelled' },
    record: null,
  });
  expect(cancel({ ...row, state: 'paused' }, NOW).record).toMatchObject({ outcome: 'cancelled' });
});
