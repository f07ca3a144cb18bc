import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import type { QueueRow } from '../../../electron/downloads/queue-row.ts';
import { failedRun, type RunEnd } from '../../../electron/downloads/run.ts';
import { cancel, settle } from '../../../electron/downloads/settle.ts';

const NOW = 5_000_000;
const arrived = { size: 10, md5: 'a'.repeat(32) };

const row: QueueRow = {
  id: 1,
  reference: {
    provider: 'p',
    accountKey: 'k',
    accountName: 'n',
    reportId: 'r',
    reportTitle: 't',
    fileId: 'id',
    link: 'https://files.example.com/1',
    question: '{}',
    name: 'a.csv',
    size: 10,
    md5: arrived.md5,
    content: 'text',
    expiresAt: null,
    attemptsCounted: null,
  },
  folder: '/files',
  addedAt: 1,
  listedAt: 1,
  startedAt: 100,
  state: 'downloading',
  size: 10,
  received: 4,
  attempts: 2,
  tries: { passing: 1 },
  failure: null,
  nextTryAt: null,
  finalName: 'a (2).csv',
  partName: 'a (2).csv.cdrpart',
  part: null,
  md5Found: null,
  notes: [],
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

it('cancelling what has failed already is not an end of its own', () => {
  expect(cancel({ ...row, state: 'failed' }, NOW)).toMatchObject({
    row: { state: 'cancelled' },
    record: null,
  });
  expect(cancel({ ...row, state: 'paused' }, NOW).record).toMatchObject({ outcome: 'cancelled' });
});
