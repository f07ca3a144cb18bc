import { describe, expect, it } from 'vitest';
import { downloadStates } from '../../../../electron/contract/download-state.ts';
import { failure } from '../../../../electron/contract/failure.ts';
import {
  activeCount,
  cancellableCount,
  failedByReason,
  finishedCount,
  mayStartNow,
  pausableCount,
  percent,
  resumableCount,
  totalFigures,
  totalPercent,
  unfinishedCount,
  waitingIds,
} from '../../../../renderer/features/downloads/totals.ts';
import { aDownload, totalsOf } from '../../../fakes/fake-bridge.ts';

const oneOfEach = totalsOf([
  aDownload({ state: 'waiting' }),
  aDownload({ state: 'downloading', received: 500_000, speed: 250_000 }),
  aDownload({ state: 'verifying', received: 1_000_000 }),
  aDownload({ state: 'paused' }),
  aDownload({ state: 'done', received: 1_000_000 }),
  aDownload({ state: 'already-there', received: 1_000_000 }),
  aDownload({ state: 'failed' }),
  aDownload({ state: 'cancelled' }),
]);

describe('the counts over the queue', () => {
  it('follow the states that each command may change', () => {
    expect(activeCount(oneOfEach)).toBe(3);
    expect(unfinishedCount(oneOfEach)).toBe(4);
    expect(pausableCount(oneOfEach)).toBe(3);
    expect(resumableCount(oneOfEach)).toBe(1);
    expect(cancellableCount(oneOfEach)).toBe(5);
    expect(finishedCount(oneOfEach)).toBe(3);
  });

  it('are all nothing for an empty queue', () => {
    const none = totalsOf([]);
    for (const count of [activeCount, pausableCount, resumableCount, cancellableCount, finishedCount]) {
      expect(count(none)).toBe(0);
    }
  });
});

describe('the progress', () => {
  it('of a file reaches 100 with its last byte and not before', () => {
    expect(percent(999_999_999, 1_000_000_000)).toBeLessThan(100);
    expect(percent(1_000_000_000, 1_000_000_000)).toBe(100);
  });

  it('of a file stays within 100 when more came than was announced, and at 0 without a size', () => {
    expect(percent(12, 10)).toBe(100);
    expect(percent(12, null)).toBe(0);
    expect(percent(0, 0)).toBe(0);
  });

  it('of the queue counts bytes, and is complete only when every wanted file is', () => {
    expect(totalPercent(oneOfEach)).toBe(50);
    const verifying = totalsOf([aDownload({ state: 'verifying', received: 1_000_000 })]);
    expect(totalPercent(verifying)).toBeLessThan(100);
    expect(totalPercent(totalsOf([aDownload({ state: 'done', received: 1_000_000 })]))).toBe(100);
  });

  it('of the queue counts files where no size is known', () => {
    const unsized = { size: null, received: 0 } as const;
    const totals = totalsOf([aDownload({ ...unsized, state: 'done' }), aDownload({ ...unsized })]);
    expect(totalPercent(totals)).toBe(50);
  });

  it('of the queue counts files while the sizes of those to come are not known', () => {
    const arrived = aDownload({ state: 'done', size: 4_000_000, received: 4_000_000 });
    const toCome = aDownload({ size: null, received: 0 });
    const totals = totalsOf([arrived, toCome, toCome, toCome]);
    expect(totalPercent(totals)).toBe(25);
    expect(totalFigures(totals)).toEqual(['1 of 4 files', '4.0 MB so far']);
    expect(totalFigures(totalsOf([toCome]))).toEqual(['0 of 1 file']);
  });

  it('of the queue does not fall back while the last file is verified', () => {
    const verifying = totalsOf([aDownload({ state: 'verifying', received: 1_000_000 })]);
    expect(totalPercent(verifying)).toBeGreaterThan(99);
    expect(totalFigures(verifying)).toContain('1.0 MB of 1.0 MB');
  });

  it('of the queue is told in files, bytes, speed and time left', () => {
    expect(totalFigures(oneOfEach)).toEqual(['2 of 7 files', '3.5 MB of 7.0 MB', '250 kB/s', '14 s left']);
  });

  it('of a queue at rest has no speed and no time left', () => {
    expect(totalFigures(totalsOf([aDownload({ state: 'paused' })]))).toEqual([
      '0 of 1 file',
      '0 bytes of 1.0 MB',
    ]);
  });

  it('of a queue that was cancelled whole counts nothing', () => {
    expect(totalFigures(totalsOf([aDownload({ state: 'cancelled' })]))).toEqual(['Nothing to download']);
  });
});

describe('failed files', () => {
  it('are counted by reason, the most frequent first', () => {
    const groups = failedByReason([
      aDownload({ id: 1, state: 'failed', failure: failure('timed-out', '') }),
      aDownload({ id: 2, state: 'failed', failure: failure('disk-full', '') }),
      aDownload({ id: 3, state: 'failed', failure: failure('disk-full', '') }),
      aDownload({ id: 4, state: 'waiting', failure: failure('disk-full', '') }),
    ]);
    expect(groups.map(({ ids }) => ids)).toEqual([[2, 3], [1]]);
  });
});

describe('what can be started at once', () => {
  it('is what waits, is paused or failed', () => {
    expect(downloadStates.filter((state) => mayStartNow(aDownload({ state })))).toEqual([
      'waiting',
      'paused',
      'failed',
    ]);
  });

  it('is nothing whose account nobody is signed in with', () => {
    expect(mayStartNow(aDownload({ needsSignIn: true }))).toBe(false);
  });

  it('is, for a service that could not be reached, what waits for it alone', () => {
    const rows = [
      aDownload({ id: 1 }),
      aDownload({ id: 2, accountKey: 'yeastar-s|acme-machine' }),
      aDownload({ id: 3, needsSignIn: true }),
      aDownload({ id: 4, state: 'paused' }),
      aDownload({ id: 5, failure: failure('timed-out', ''), nextTryAt: 1 }),
    ];
    expect(waitingIds(rows, 'cisco-cca|acme-machine')).toEqual([1, 5]);
  });
});
