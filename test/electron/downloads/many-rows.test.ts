/** Orders for so many rows that they take many turns of the event loop. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_ROWS_AT_ONCE } from '../../../electron/contract/download.ts';
import type { DownloadState } from '../../../electron/contract/download-state.ts';
import { ok } from '../../../electron/contract/result.ts';
import type { FileReference } from '../../../electron/history/file-reference.ts';
import { nextTurn } from '../../../electron/lib/in-slices.ts';
import { csv, type Engine, startEngine } from '../../fakes/download-engine.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine.close();
  expect(engine.bugs).toEqual([]);
});

const MANY = 1300;
const content = csv(100);
const filesOf = (count: number): FileReference[] =>
  Array.from({ length: count }, (_, n) => engine.file(`${n}.csv`, { content }));
const counts = () => engine.manager.list().totals.count;
const entries = (outcome: string) => engine.finished.filter((entry) => entry.outcome === outcome).length;

/** The ids of all rows, page by page. */
function allIds(): number[] {
  const ids: number[] = [];
  let after: number | null = null;
  do {
    const page = engine.manager.list(after);
    ids.push(...page.downloads.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  return ids;
}

/** Looks in each turn of the event loop, so that no slice goes by unseen. */
async function untilSeen(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

/** How many turns the event loop has for others while `work` is being done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const count = () => {
    turns += 1;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await work();
  over = true;
  return turns;
}

describe('an order for many rows', () => {
  const orders: [string, DownloadState, () => Promise<unknown>][] = [
    ['pausing', 'paused', () => engine.manager.pause('all')],
    ['resuming', 'waiting', () => engine.manager.resume('all')],
    ['cancelling', 'cancelled', () => engine.manager.cancel('all')],
    ['trying again', 'waiting', () => engine.manager.retry('all')],
    ['starting now', 'waiting', () => engine.manager.startNow(allIds())],
  ];

  it('reaches every one of them, and leaves turns to everything else', async () => {
    engine.signedIn = false;
    const files = filesOf(MANY);
    expect(await turnsDuring(() => engine.add(...files))).toBeGreaterThan(4);
    expect(counts().waiting).toBe(MANY);
    for (const [name, state, order] of orders) {
      expect(await turnsDuring(order), name).toBeGreaterThan(2);
      expect(counts()[state], name).toBe(MANY);
    }
    expect(entries('cancelled')).toBe(MANY);
    await engine.manager.cancel('all');
    expect(await turnsDuring(() => engine.manager.clearFinished())).toBeGreaterThan(2);
    expect(allIds()).toEqual([]);
    await engine.restart();
    expect(allIds()).toEqual([]);
  });

  it('to pause starts none that it has still to reach', async () => {
    engine.atOnce = 2;
    const files = filesOf(MANY);
    for (const { name } of files) engine.server.fail(`/${name}`, { kind: 'stall', after: 10 });
    await engine.add(...files.slice(0, 3));
    await engine.until(() => engine.server.underWay === 2);
    // The running ones are at their end long before the order for the others has its turn.
    const rest = engine.add(...files.slice(3));
    await engine.manager.pause('all');
    await engine.until(() => counts().paused === MANY);
    expect(engine.server.requests).toHaveLength(2);
    await rest;
  });

  it('to cancel leaves each row with one end, while some of them come to theirs', async () => {
    engine.atOnce = 20;
    const files = filesOf(MANY);
    await engine.add(...files.slice(0, 200));
    const rest = engine.add(...files.slice(200));
    await engine.until(() => counts().done > 50);
    await Promise.all([rest, engine.manager.cancel('all')]);
    await engine.until(() => counts().done + counts().cancelled === MANY);
    expect(entries('verified')).toBe(counts().done);
    expect(entries('cancelled')).toBe(counts().cancelled);
    await engine.until(async () => (await engine.names()).length === counts().done);
  });

  it('is carried out after the one before it', async () => {
    engine.signedIn = false;
    const added = engine.manager.add(filesOf(MANY), engine.folder);
    const paused = engine.manager.pause('all');
    const cancelled = engine.manager.cancel('all');
    const tried = engine.manager.retry('all');
    await added;
    expect(counts().waiting).toBe(MANY);
    await paused;
    expect(counts().paused).toBe(MANY);
    await cancelled;
    expect(counts().cancelled).toBe(MANY);
    await tried;
    expect(counts().waiting).toBe(MANY);
  });

  it('ends between two slices when the queue is stopped', async () => {
    engine.signedIn = false;
    await engine.add(...filesOf(MANY));
    const cancelled = engine.manager.cancel('all');
    await untilSeen(() => counts().cancelled > 0);
    await engine.manager.stop();
    await cancelled;
    const { cancelled: reached } = counts();
    expect(reached).toBeLessThan(MANY);
    expect(entries('cancelled')).toBe(reached);
    await engine.restart();
    expect(counts()).toMatchObject({ cancelled: reached, waiting: MANY - reached });
  });
});

describe('adding many files', () => {
  it('that is stopped keeps what it came to, and finds it when it is done again', async () => {
    engine.signedIn = false;
    const files = filesOf(MANY);
    const stopped = engine.manager.add(files, engine.folder);
    await untilSeen(() => counts().waiting > 0);
    await engine.manager.stop();
    expect(await stopped).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    await engine.restart();
    const there = counts().waiting;
    expect(there).toBeLessThan(MANY);
    const again = await engine.manager.add(files, engine.folder);
    expect(again).toMatchObject(ok({ added: MANY - there, alreadyQueued: there }));
    expect(again.ok && again.value.ids).toEqual(allIds());
  });

  it('answers with their ids in their order, the same one for the same file', async () => {
    engine.signedIn = false;
    const [a, b, c] = filesOf(3);
    if (!a || !b || !c) throw new Error('no files');
    const [ofB = 0] = await engine.add(b);
    const ids = await engine.add(a, b, c, a);
    expect(ids).toEqual([ofB + 1, ofB, ofB + 2, ofB + 1]);
  });
});

describe('a long queue', () => {
  const LONG = 2 * MOST_ROWS_AT_ONCE + 1;

  it('is loaded, listed in pages and told of in batches', async () => {
    engine.signedIn = false;
    const ids = await engine.add(...filesOf(LONG));
    await engine.clock.advance(1000);
    const [first, ...others] = engine.batches;
    expect([first, ...others].map((batch) => batch?.changed.length)).toEqual([
      MOST_ROWS_AT_ONCE,
      MOST_ROWS_AT_ONCE,
      1,
    ]);
    expect(engine.batches.flatMap(({ changed }) => changed.map(({ id }) => id))).toEqual(ids);
    engine.batches.length = 0;
    await engine.restart();
    expect(allIds()).toEqual(ids);
    expect(engine.manager.list(ids.at(-2))).toMatchObject({ downloads: [{ id: ids.at(-1) }], next: null });
    await engine.clock.advance(1000);
    expect(engine.batches.flatMap(({ changed }) => changed.map(({ id }) => id))).toEqual(ids);
  });

  it('is there to be listed while it is being loaded', async () => {
    engine.signedIn = false;
    const ids = await engine.add(...filesOf(MANY));
    const restarted = engine.restart();
    await untilSeen(() => allIds().length > 0 && allIds().length < MANY);
    expect(allIds()).toEqual(ids.slice(0, allIds().length));
    await restarted;
    expect(allIds()).toEqual(ids);
  });

  it('that is stopped while it is being loaded is whole at the next start', async () => {
    engine.signedIn = false;
    const ids = await engine.add(...filesOf(MANY));
    const { manager } = engine;
    const restarted = engine.restart();
    await untilSeen(() => engine.manager !== manager && allIds().length > 0);
    await engine.manager.stop();
    await restarted;
    expect(allIds().length).toBeLessThan(MANY);
    await engine.restart();
    expect(allIds()).toEqual(ids);
  });
});
