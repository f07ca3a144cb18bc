import { beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { type AccountPace, createAccountPace } from '../../../electron/downloads/account-pace.ts';
import { notePace } from '../../../electron/downloads/note-pace.ts';
import { newRow } from '../../../electron/downloads/queue-row.ts';
import { failedRun, type RunEnd } from '../../../electron/downloads/run.ts';
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts';
import { someFile } from '../../fakes/some-file.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const offline = failure('host-not-found', 'ENOTFOUND');

let clock: FakeClock;
let pace: AccountPace;
let start: number;
beforeEach(() => {
  clock = createFakeClock();
  pace = createAccountPace(clock);
  start = clock.now();
});

const since = (time: number | null | undefined) => (time ? time - start : time);

/** An objection to a request that was sent after the last objection. */
async function objects(running: number, waitMs = 0): Promise<void> {
  await clock.advance(1);
  pace.slowDown('a', { begunAt: clock.now(), running, waitMs });
}

/** A request that is sent now fails. */
async function isOffline(): Promise<void> {
  await clock.advance(1);
  pace.unreachable('a', { begunAt: clock.now(), failure: offline });
}

describe('the limit of an account whose service objects', () => {
  it.each([
    [20, 10],
    [7, 3],
    [2, 1],
    [1, 1],
  ])('is half of what was under way: of %i, %i', async (running, limit) => {
    expect(pace.limit('a', 20)).toBe(20);
    await objects(running);
    expect(pace.limit('a', 20)).toBe(limit);
    expect(pace.limit('a', 1)).toBe(1);
    expect(pace.limit('b', 20)).toBe(20);
  });

  it('is halved once for all requests that were sent before, and rests for the longest time that one of them is told', async () => {
    const begunAt = clock.now();
    await clock.advance(10);
    pace.slowDown('a', { begunAt, running: 6, waitMs: 5000 });
    pace.slowDown('a', { begunAt, running: 5, waitMs: 9000 });
    pace.slowDown('a', { begunAt, running: 4, waitMs: 100 });
    expect(pace.limit('a', 6)).toBe(3);
    expect(since(pace.restsUntil('a'))).toBe(9010);
  });

  it('is halved again for a request that was sent later', async () => {
    await objects(6);
    await objects(3);
    expect(pace.limit('a', 6)).toBe(1);
  });

  it('grows by one a minute, until it is where it was', async () => {
    await objects(6);
    const limits = [];
    for (let minute = 0; minute < 4; minute++) {
      limits.push(pace.limit('a', 20));
      await clock.advance(MINUTE);
    }
    expect(limits).toEqual([3, 4, 5, 20]);
  });

  it('grows back to where it was before the first of several objections', async () => {
    await objects(6);
    await objects(3);
    await clock.advance(4 * MINUTE);
    expect(pace.limit('a', 20)).toBe(5);
    await clock.advance(MINUTE);
    expect(pace.limit('a', 20)).toBe(20);
  });

  it('says when it grows next, over all accounts, and nothing when none does', async () => {
    expect(pace.growsAt()).toBeNull();
    pace.slowDown('b', { begunAt: start, running: 6, waitMs: 0 });
    await clock.advance(9999);
    await objects(2);
    expect(since(pace.growsAt())).toBe(MINUTE);
    await clock.advance(MINUTE - 1);
    expect(since(pace.growsAt())).toBe(MINUTE + 10_000);
    await clock.advance(1);
    expect(since(pace.growsAt())).toBe(2 * MINUTE);
    await clock.advance(10 * MINUTE);
    expect(pace.growsAt()).toBeNull();
  });
});

describe('an account whose service can not be reached', () => {
  it('is tried one at a time, less and less often', async () => {
    const waits = [];
    for (let count = 0; count < 7; count++) {
      await isOffline();
      waits.push(pace.restsUntil('a') - clock.now());
      expect(pace.limit('a', 6)).toBe(1);
      expect(pace.holdOf('a')).toEqual({ failure: offline, nextTryAt: pace.restsUntil('a') });
      await clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    expect([pace.limit('b', 6), pace.restsUntil('b'), pace.holdOf('b')]).toEqual([6, 0, null]);
  });

  it('has failed once for all requests that were sent before', async () => {
    const begunAt = clock.now();
    await clock.advance(10);
    for (let count = 0; count < 6; count++) pace.unreachable('a', { begunAt, failure: offline });
    expect(since(pace.restsUntil('a'))).toBe(2010);
  });

  it('is as before as soon as it has answered', async () => {
    expect(pace.reached('a')).toBe(false);
    await isOffline();
    await isOffline();
    expect(pace.reached('a')).toBe(true);
    expect([pace.limit('a', 6), pace.restsUntil('a'), pace.holdOf('a')]).toEqual([6, 0, null]);
    await isOffline();
    expect(pace.restsUntil('a') - clock.now()).toBe(2000);
  });

  it('is tried at once when the network came back, and then as from the beginning', async () => {
    for (let count = 0; count < 5; count++) await isOffline();
    pace.wake();
    expect([pace.restsUntil('a'), pace.limit('a', 6)]).toEqual([0, 1]);
    pace.unreachable('a', { begunAt: clock.now(), failure: offline });
    expect(pace.restsUntil('a') - clock.now()).toBe(2000);
  });

  it('rests as long as it had asked for before', async () => {
    await objects(6, 30_000);
    await isOffline();
    expect(since(pace.restsUntil('a'))).toBe(30_001);
    pace.reached('a');
    expect(since(pace.restsUntil('a'))).toBe(30_001);
    expect(pace.limit('a', 6)).toBe(3);
  });
});

describe('after the clock was set back', () => {
  it.each([DAY, 20_000])('by %i ms nothing lasts longer than it did', async (back) => {
    await objects(6, 10_000);
    pace.slowDown('b', { begunAt: clock.now(), running: 6, waitMs: 0 });
    await isOffline();
    clock.set(clock.now() - back);
    start = clock.now();
    expect(since(pace.restsUntil('a'))).toBe(10_000);
    expect(since(pace.holdOf('a')?.nextTryAt)).toBe(2000);
    expect(since(pace.growsAt())).toBe(MINUTE);
    await clock.advance(MINUTE);
    expect(pace.limit('b', 6)).toBe(4);
  });

  it('a new objection counts', async () => {
    await objects(6);
    clock.set(start - DAY);
    expect(pace.limit('a', 6)).toBe(3);
    await objects(3);
    expect(pace.limit('a', 6)).toBe(1);
  });
});

describe('what a run tells of its service', () => {
  const row = newRow(1, someFile(), '/files', 0, 0, 1);
  const ends = (end: RunEnd, nextTryIn: number | null = null) => {
    const nextTryAt = nextTryIn === null ? null : clock.now() + nextTryIn;
    const ended = { accountKey: 'a', begunAt: start, end, row: { ...row, nextTryAt }, entry: null };
    notePace(pace, ended, 5, clock);
    return [pace.limit('a', 20), since(pace.restsUntil('a') || null)];
  };
  const tooMany = (retryAfterMs?: number) =>
    failedRun(failure('too-many-connections', '', retryAfterMs === undefined ? {} : { retryAfterMs }));

  it.each<[string, RunEnd, number | null, number, number | null]>([
    ['429', tooMany(), 5000, 3, 5000],
    ['429 with a time', tooMany(90_000), 90_000, 3, 90_000],
    ['429 with a time, and it is not tried again', tooMany(90_000), null, 3, 90_000],
    ['429 with a time that is too long', tooMany(DAY), null, 3, 30 * MINUTE],
    ['429 without a time, and it is not tried again', tooMany(), null, 3, 0],
    ['no answer', { kind: 'unreachable', failure: offline }, null, 1, 2000],
    ['another failure', failedRun(failure('service-down', '')), 2000, 20, null],
    ['a stop', { kind: 'stopped' }, null, 20, null],
  ])('after %s', (_, end, nextTryIn, limit, restMs) => {
    expect(ends(end, nextTryIn)).toEqual([limit, restMs]);
  });
});
