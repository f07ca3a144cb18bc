import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type EndedFile, followFiles, type WaitingFile } from '../../../electron/cli/follow-files.ts';
import type { MakingFile } from '../../../electron/cli/making-file.ts';
import type { Download, DownloadHold } from '../../../electron/contract/download.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const folder = join('files', 'of', 'march');
const preparing = failure('not-ready', 'file: HTTP 412');
const unreachable = failure('connection-refused', 'ECONNREFUSED: 127.0.0.1:1');

const row = (id: number, change: Partial<Download> = {}): Download => ({
  id,
  name: `${id}.csv`,
  reportTitle: '',
  period: null,
  provider: '',
  accountKey: '',
  accountName: '',
  folder,
  state: 'waiting',
  size: 100,
  received: 0,
  speed: 0,
  attempts: 0,
  failure: null,
  nextTryAt: null,
  needsSignIn: false,
  notes: [],
  ...change,
});

function follow(...ids: number[]) {
  const clock = createFakeClock();
  const ended: EndedFile[] = [];
  const waiting: WaitingFile[] = [];
  const making: MakingFile[] = [];
  const follower = followFiles({
    names: new Map(ids.map((id) => [id, `listed-${id}.csv`])),
    clock,
    onEnded: (files) => ended.push(...files),
    onWaiting: (files) => waiting.push(...files),
    onMaking: (files) => making.push(...files),
  });
  const hold = (): DownloadHold => ({
    reason: 'unreachable',
    accountKey: '',
    accountName: '',
    failure: unreachable,
    nextTryAt: clock.now() + 1000,
  });
  return { clock, ended, waiting, making, follower, hold };
}

describe('following files', () => {
  it('tells of each end once, with the name as it was listed and the place where the file is', () => {
    const { ended, follower } = follow(1, 2);
    const done = row(1, { state: 'done', name: '1 (2).csv', received: 100, attempts: 2 });
    follower.take([done], null);
    follower.take([done], null);
    expect(ended).toEqual([
      {
        file: 'listed-1.csv',
        outcome: 'verified',
        failure: null,
        path: join(folder, '1 (2).csv'),
        attempts: 2,
        bytes: 100,
        notes: [],
      },
    ]);
    expect(follower.pending).toBe(1);
  });

  it.each([
    [{ state: 'done', notes: ['no-checksum'] }, 'unverified', null, true],
    [{ state: 'already-there' }, 'already-there', null, true],
    [{ state: 'failed', failure: failure('wrong-checksum', '') }, 'failed', 'wrong-checksum', false],
    [{ state: 'cancelled' }, 'cancelled', null, false],
  ] as const)('knows the end %o', (change, outcome, code, isThere) => {
    const { ended, follower } = follow(1);
    follower.take([row(1, change)], null);
    expect(ended).toMatchObject([{ outcome, failure: code }]);
    expect(ended[0]?.path !== null).toBe(isThere);
  });

  it('passes over the rows of others', () => {
    const { ended, follower } = follow(1);
    follower.take([row(2, { state: 'done' })], null);
    expect(ended).toEqual([]);
    expect(follower.bytes).toEqual({ done: 0, total: 0 });
  });

  it('adds up the bytes of its own rows', () => {
    const { follower } = follow(1, 2);
    follower.take([row(1, { state: 'downloading', received: 30 }), row(2, { size: null })], null);
    follower.take([row(1, { state: 'downloading', received: 60 })], null);
    expect(follower.bytes).toEqual({ done: 60, total: 100 });
    expect(follower.running().map(({ id }) => id)).toEqual([1]);
  });

  it('tells of a file that waits long, once for each reason', () => {
    const { clock, waiting, follower } = follow(1, 2);
    const waits = (id: number, ms: number) => row(id, { failure: preparing, nextTryAt: clock.now() + ms });
    follower.take([waits(1, 300_000), waits(2, 1000)], null);
    follower.take([waits(1, 900_000)], null);
    expect(waiting.map(({ file, failure: why }) => [file, why.code])).toEqual([
      ['listed-1.csv', 'not-ready'],
    ]);
  });
});

describe('waiting for files that are all to be tried again later', () => {
  it('has not begun while a row has its turn still to come, or while bytes come', () => {
    const { follower } = follow(1, 2);
    const waits = row(1, { failure: preparing, nextTryAt: 1 });
    follower.take([waits, row(2)], null);
    expect(follower.waitingSince()).toBeNull();
    follower.take([row(2, { state: 'downloading' })], null);
    expect(follower.waitingSince()).toBeNull();
  });

  it('begins with the last that came', async () => {
    const { clock, follower } = follow(1, 2);
    await clock.advance(1000);
    follower.take([row(2, { state: 'done', received: 100 })], null);
    const since = clock.now();
    await clock.advance(1000);
    follower.take([row(1, { failure: preparing, nextTryAt: clock.now() + 1000 })], null);
    expect(follower.waitingSince()).toBe(since);
  });

  it('goes on through tries that bring nothing', async () => {
    const { clock, follower } = follow(1);
    const begun = clock.now();
    await clock.advance(1000);
    follower.take([row(1, { state: 'downloading' })], null);
    follower.take([row(1, { failure: preparing, nextTryAt: clock.now() + 1000 })], null);
    expect(follower.waitingSince()).toBe(begun);
  });

  it('counts a service that can’t be reached as the reason of every row', () => {
    const { follower, hold } = follow(1);
    follower.take([row(1)], hold());
    expect(follower.waitingSince()).not.toBeNull();
  });

  it('ends with giving up: what is left has failed for what it waits for', () => {
    const { ended, follower, hold } = follow(1, 2);
    follower.take([row(1, { failure: preparing, nextTryAt: 1, attempts: 3 }), row(2)], hold());
    follower.giveUp();
    expect(
      ended.map(({ file, outcome, failure: code, path, attempts }) => [file, outcome, code, path, attempts]),
    ).toEqual([
      ['listed-1.csv', 'failed', 'not-ready', null, 3],
      ['listed-2.csv', 'failed', 'connection-refused', null, 0],
    ]);
    expect(follower.pending).toBe(0);
  });
});

describe('a file that is being made', () => {
  const made = (id: number, done: number, change: Partial<Download> = {}) =>
    row(id, {
      failure: failure('being-made', '', { progress: { done, total: 70, msLeft: (70 - done) * 60_000 } }),
      nextTryAt: 60_000,
      ...change,
    });

  it('is told of when it begins and with each step, and never as a file that waits', () => {
    const { making, waiting, follower } = follow(1);
    for (const done of [0, 0, 1, 1, 2]) follower.take([made(1, done)], null);
    expect(making).toEqual(
      [0, 1, 2].map((done) => ({
        file: 'listed-1.csv',
        done,
        total: 70,
        msLeft: (70 - done) * 60_000,
      })),
    );
    expect(waiting).toEqual([]);
    expect(follower.making()).toEqual(making.slice(-1));
  });

  it('is told of once where nobody can tell how far it is', () => {
    const { making, follower } = follow(1);
    const unknown = row(1, { failure: failure('being-made', ''), nextTryAt: 60_000 });
    follower.take([unknown], null);
    follower.take([unknown], null);
    expect(making).toEqual([{ file: 'listed-1.csv', done: null, total: null, msLeft: null }]);
  });

  it('is something going on, however long it takes, and what is waited for then begins behind it', async () => {
    const { clock, follower } = follow(1, 2);
    follower.take([made(1, 0), row(2, { failure: preparing, nextTryAt: 1 })], null);
    await clock.advance(3_600_000);
    expect(follower.waitingSince()).toBeNull();
    follower.take([row(1, { failure: preparing, nextTryAt: clock.now() + 1000 })], null);
    expect(follower.waitingSince()).toBe(clock.now());
  });

  it('waits like any other while the service can’t be reached', () => {
    const { ended, follower, hold } = follow(1);
    follower.take([made(1, 3)], hold());
    expect(follower.waitingSince()).not.toBeNull();
    follower.giveUp();
    expect(ended).toMatchObject([{ outcome: 'failed', failure: 'connection-refused' }]);
  });
});
