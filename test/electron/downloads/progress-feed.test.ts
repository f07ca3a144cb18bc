import { describe, expect, it } from 'vitest';
import {
  type DownloadChanges,
  type DownloadHold,
  MOST_ROWS_AT_ONCE,
} from '../../../electron/contract/download.ts';
import { createProgressFeed } from '../../../electron/downloads/progress-feed.ts';
import { aDownload, totalsOf } from '../../fakes/fake-bridge.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

function createFeedUnderTest() {
  const clock = createFakeClock();
  const batches: DownloadChanges[] = [];
  const world: { hold: DownloadHold | null } = { hold: null };
  const feed = createProgressFeed({
    clock,
    isBusy: () => false,
    beforeBatch() {},
    read: (id) => aDownload({ id }),
    totals: () => totalsOf([]),
    hold: () => world.hold,
    tell: (changes) => batches.push(changes),
  });
  const ids = () => batches.map(({ changed }) => changed.map(({ id }) => id));
  return { clock, batches, world, feed, ids };
}

const upTo = (count: number) => Array.from({ length: count }, (_, place) => place + 1);

describe('a batch', () => {
  it('has so many rows at most; the rest comes with the next ones', async () => {
    const { clock, feed, batches, ids } = createFeedUnderTest();
    const all = upTo(2 * MOST_ROWS_AT_ONCE + 1);
    for (const id of all) feed.changed(id, true);
    await clock.advance(100);
    expect(ids().map(({ length }) => length)).toEqual([MOST_ROWS_AT_ONCE]);
    await clock.advance(200);
    expect(ids().flat()).toEqual(all);
    expect(batches.map(({ order }) => order)).toEqual([1, 2, 3]);
    await clock.advance(1000);
    expect(batches).toHaveLength(3);
  });

  it('has first what changed by itself, however much changes together', async () => {
    const { clock, feed, ids } = createFeedUnderTest();
    const all = upTo(MOST_ROWS_AT_ONCE);
    for (const id of all) feed.changed(id, true);
    feed.changed(5000, false);
    feed.changed(7, false);
    feed.changed(7, true);
    await clock.advance(100);
    expect(ids()[0]?.slice(0, 4)).toEqual([5000, 7, 1, 2]);
    await clock.advance(100);
    expect(
      ids()
        .flat()
        .sort((a, b) => a - b),
    ).toEqual([...all, 5000]);
  });

  it('has a row that was removed among those only', async () => {
    const { clock, feed, batches } = createFeedUnderTest();
    feed.changed(1, true);
    feed.changed(2, false);
    feed.removed(1);
    feed.removed(2);
    await clock.advance(100);
    expect(batches).toMatchObject([{ changed: [], removed: [1, 2] }]);
  });
});

describe('a hold', () => {
  it('is told when it begins, changes and ends, and not again in between', async () => {
    const { clock, feed, world, batches } = createFeedUnderTest();
    const look = async (hold: DownloadHold | null) => {
      world.hold = hold;
      feed.wake();
      await clock.advance(100);
      return batches.length;
    };
    expect(await look(null)).toBe(0);
    expect(await look({ reason: 'hours', until: 5 })).toBe(1);
    expect(await look({ reason: 'hours', until: 5 })).toBe(1);
    expect(await look({ reason: 'hours', until: 6 })).toBe(2);
    expect(await look(null)).toBe(3);
    expect(batches.map(({ hold }) => hold)).toEqual([
      { reason: 'hours', until: 5 },
      { reason: 'hours', until: 6 },
      null,
    ]);
  });
});
