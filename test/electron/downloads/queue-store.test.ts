import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadStates } from '../../../electron/contract/download-state.ts';
import { failure } from '../../../electron/contract/failure.ts';
import type { QueueRow } from '../../../electron/downloads/queue-row.ts';
import { createQueueStore, type QueueStore } from '../../../electron/downloads/queue-store.ts';
import type { FileReference } from '../../../electron/history/file-reference.ts';
import { type Database, openDatabase } from '../../../electron/lib/database.ts';
import { foldText } from '../../../electron/lib/fold-text.ts';

let database: Database;
let store: QueueStore;
beforeEach(() => {
  database = openDatabase(':memory:');
  store = createQueueStore(database);
});
afterEach(() => database.close());

const reference = (name: string, change: Partial<FileReference> = {}): FileReference => ({
  provider: 'cisco-cca',
  accountKey: 'one',
  accountName: 'acme-machine',
  reportId: 'daily-archives',
  reportTitle: 'Daily CDR archives',
  period: null,
  fileId: `id of ${name}`,
  link: 'https://files.example.com/1',
  question: '{}',
  name,
  size: 10,
  md5: '0'.repeat(32),
  content: 'zip',
  expiresAt: 99,
  attemptsCounted: 3,
  ...change,
});

const BATCH = 7;
const add = (name: string, change: Partial<QueueRow> = {}, of: Partial<FileReference> = {}): QueueRow => {
  const row = { ...store.add(reference(name, of), '/files', 1, 2, BATCH), ...change };
  store.save(row);
  return row;
};
const states = () => store.overview(0, 100).map(({ state }) => state);
const ids = (...rows: readonly QueueRow[]) => rows.map(({ id }) => id);
const any = (...rows: readonly QueueRow[]) => ({ ids: ids(...rows), states: downloadStates });

describe('a row', () => {
  it('comes back as it was added', () => {
    const row = store.add(
      reference('a.zip', { size: null, md5: null, period: '2026-01/2026-03' }),
      '/files',
      1,
      2,
      3,
    );
    expect(store.row(row.id)).toEqual(row);
  });

  it('comes back as it was saved', () => {
    const row = add('a.zip', {
      listedAt: 0,
      startedAt: 5,
      state: 'verifying',
      size: 11,
      received: 7,
      attempts: 3,
      tries: { passing: 2, mismatch: 1 },
      failure: failure('service-down', 'status 503', { status: 503, retryAfterMs: 5, subject: 'a.zip' }),
      nextTryAt: 77,
      finalName: 'a (2).zip',
      partName: 'a (2).zip.cdrpart',
      part: { fileId: 'id', size: 10, md5: null, total: 11, validator: '"v"' },
      md5Found: 'f'.repeat(32),
      wrongMd5: 'e'.repeat(32),
      startedNowAt: 5,
      notes: ['no-checksum'],
      reference: reference('b.zip', {
        link: 'https://elsewhere.example.com/2',
        content: 'text',
        period: '2026-03-02/2026-03-02',
      }),
    });
    expect(store.row(row.id)).toEqual(row);
    expect([...store.rows(any(row))]).toEqual([row]);
    expect(store.overview(0, 10)).toMatchObject([
      {
        name: 'a (2).zip',
        state: 'verifying',
        provider: 'cisco-cca',
        accountKey: 'one',
        batchId: BATCH,
        period: '2026-03-02/2026-03-02',
      },
    ]);
  });

  it('keeps its reference when only its state is saved', () => {
    const row = add('a.zip');
    store.saveState({ ...row, received: 5, finalName: 'A.zip', reference: reference('b.zip') });
    expect(store.row(row.id)).toEqual({ ...row, received: 5, finalName: 'A.zip' });
  });

  it('is listed page by page in the order in which it came', () => {
    const rows = ['a', 'b', 'c'].map((name) => add(name));
    expect(store.overview(0, 2).map(({ id }) => id)).toEqual(ids(...rows.slice(0, 2)));
    expect(store.overview(rows[1]?.id ?? 0, 2).map(({ id }) => id)).toEqual(ids(...rows.slice(2)));
    expect(store.overview(rows[2]?.id ?? 0, 2)).toEqual([]);
  });

  it('is never found under the number of one that was removed', () => {
    const [a, b] = [add('a.zip', { state: 'done' }), add('b.zip', { state: 'failed' })];
    expect(store.remove({ ids: ids(a, b), states: ['done'] })).toEqual([a.id]);
    expect(store.row(a.id)).toBeNull();
    store.remove(any(b));
    expect(add('c.zip').id).toBeGreaterThan(b.id);
  });
});

describe('an order', () => {
  it('is carried out for the rows it is for, and begins their tries anew', () => {
    const rows = downloadStates.map((state) =>
      add(`${state}.zip`, { state, nextTryAt: 5, tries: { passing: 3 }, failure: failure('timed-out', '') }),
    );
    const named = rows.filter(({ state }) => state !== 'paused');
    const changed = store.order({ ids: ids(...named), states: ['failed', 'paused', 'cancelled'] }, 'waiting');
    expect(changed.map((id) => rows.find((row) => row.id === id)?.state).sort()).toEqual([
      'cancelled',
      'failed',
    ]);
    expect(store.row(changed[0] ?? 0)).toMatchObject({ nextTryAt: null, tries: {}, failure: null });
    const paused = rows.find(({ state }) => state === 'paused');
    expect(store.row(paused?.id ?? 0)).toMatchObject({ state: 'paused', nextTryAt: 5 });
  });

  it('by ids leaves all others alone', () => {
    const [a, b] = [add('a.zip'), add('b.zip')];
    expect(store.order({ ids: [b.id, 999], states: downloadStates }, 'paused')).toEqual([b.id]);
    expect(states()).toEqual(['waiting', 'paused']);
    expect(a.state).toBe('waiting');
  });

  it('takes a row back from the front, unless it only begins its tries anew', () => {
    const [a, b] = [add('a.zip', { startedNowAt: 5, nextTryAt: 9 }), add('b.zip', { startedNowAt: 6 })];
    store.order(any(a), 'waiting');
    store.order(any(b), 'paused');
    expect(store.row(a.id)).toMatchObject({ startedNowAt: 5, nextTryAt: null });
    expect(store.row(b.id)).toMatchObject({ startedNowAt: null });
  });
});

describe('starting now', () => {
  const next = () =>
    store.nextWaiting(1000, { accounts: ['one'], without: () => false, onlyStartedNow: true });

  it('puts rows to the front in the order in which they were named, behind those that are there', () => {
    const rows = ['a', 'b', 'c', 'd'].map((name) => add(name, { state: 'paused' }));
    const [a = 0, b = 0, c = 0, d = 0] = ids(...rows);
    expect(store.startNow({ ids: [c, a], states: ['paused'] }, 500).sort()).toEqual([a, c]);
    expect(store.startNow({ ids: [d], states: ['failed'] }, 500)).toEqual([]);
    // The clock was set back; later is later all the same.
    expect(store.startNow({ ids: [b], states: ['paused'] }, 100)).toEqual([b]);
    const taken: (number | null)[] = [];
    for (let id = next(); id !== null; id = next()) {
      taken.push(id);
      store.order({ ids: [id], states: ['waiting'] }, 'paused');
    }
    expect(taken).toEqual([c, a, b]);
  });

  it('stays in order over a restart', () => {
    const [a, b] = [add('a', { state: 'paused' }), add('b', { state: 'paused' })];
    store.startNow(any(a), 500);
    store = createQueueStore(database);
    store.startNow(any(b), 100);
    expect(next()).toBe(a.id);
    expect(store.row(b.id)?.startedNowAt).toBeGreaterThan(500);
  });
});

describe('the batch of a row', () => {
  const toEnd = () => store.batchesToEnd();

  it('is to be told of its end once, and again when one of its rows was started anew', () => {
    const wanted = store.addBatch('/files', 1, true);
    const other = store.addBatch('/files', 1, false);
    expect(store.batchWithManifest(wanted)).toEqual({ id: wanted, folder: '/files' });
    expect(store.batchWithManifest(other)).toBeNull();
    expect(toEnd()).toEqual([wanted]);
    store.endBatch(wanted);
    expect(toEnd()).toEqual([]);
    const row = store.add(reference('a.zip'), '/files', 1, 2, wanted);
    store.order(any(row), 'failed');
    expect(toEnd()).toEqual([]);
    store.order(any(row), 'waiting');
    expect(toEnd()).toEqual([wanted]);
    store.endBatch(wanted);
    store.startNow(any(row), 5);
    expect(toEnd()).toEqual([wanted]);
  });

  it('is the one that it was asked for with last', () => {
    const { id } = add('a.zip');
    store.moveToBatch(id, 9);
    store.save({ ...add('b.zip'), id });
    expect(store.row(id)?.batchId).toBe(9);
  });
});

describe('the next row', () => {
  const next = (accounts: string[] = ['one', 'two'], without: number[] = [], onlyStartedNow = false) =>
    store.nextWaiting(1000, { accounts, without: (id) => without.includes(id), onlyStartedNow });

  it('is the first that waits, and then one whose next try has come', () => {
    add('a.zip', { state: 'paused' });
    const later = add('b.zip', { nextTryAt: 1001 });
    const c = add('c.zip', { nextTryAt: 1000 });
    const d = add('d.zip');
    const e = add('e.zip', {}, { accountKey: 'two' });
    expect(next()).toBe(d.id);
    expect(next(['two'])).toBe(e.id);
    expect(next(['one', 'two'], [d.id])).toBe(e.id);
    expect(next(['one', 'two'], [d.id, e.id])).toBe(c.id);
    expect(next(['one', 'two'], [c.id, d.id, e.id])).toBeNull();
    expect(next([])).toBeNull();
    expect(store.nextTryAfter(1000, 'one')).toBe(later.nextTryAt);
    expect(store.nextTryAfter(1001, 'one')).toBeNull();
    expect(store.nextTryAfter(1000, 'two')).toBeNull();
  });

  it('is one that was ordered to the front, as soon as its time has come', () => {
    const a = add('a.zip');
    expect(store.isAnyInFront()).toBe(false);
    add('b.zip', { startedNowAt: 3, nextTryAt: 1001 });
    add('c.zip', { startedNowAt: 3, state: 'paused' });
    const d = add('d.zip', { startedNowAt: 5 }, { accountKey: 'two' });
    const e = add('e.zip', { startedNowAt: 4, nextTryAt: 1000 });
    expect(store.isAnyInFront()).toBe(true);
    expect(next()).toBe(e.id);
    expect(next(['one', 'two'], [e.id])).toBe(d.id);
    expect(next(['one', 'two'], [d.id, e.id])).toBe(a.id);
    expect(next(['one', 'two'], [d.id, e.id], true)).toBeNull();
  });
});

describe('a time for the next try', () => {
  it('that is further away than any wait does not count: the clock was set back', () => {
    const at = 100_000_000;
    const [a, b] = [add('a.zip', { nextTryAt: at }), add('b.zip', { nextTryAt: at, startedNowAt: 1 })];
    const next = (now: number, without: QueueRow) =>
      store.nextWaiting(now, {
        accounts: ['one'],
        without: (id) => id === without.id,
        onlyStartedNow: false,
      });
    expect(next(at - 3_600_001, a)).toBe(b.id);
    expect(next(at - 3_600_001, b)).toBe(a.id);
    expect(next(at - 3_600_000, a)).toBeNull();
    expect(next(at - 3_600_000, b)).toBeNull();
  });
});

describe('a row that was under way', () => {
  it('gets the state for the start and keeps the rest', () => {
    const rows = [
      add('a', { state: 'downloading', received: 5 }),
      add('b', { state: 'verifying' }),
      add('c'),
    ];
    store.replaceState('downloading', 'waiting');
    expect(states()).toEqual(['waiting', 'verifying', 'waiting']);
    expect(store.row(rows[0]?.id ?? 0)).toEqual({ ...rows[0], state: 'waiting' });
  });
});

describe('looking for rows', () => {
  it('finds the one for a file that has not come to its end', () => {
    const a = add('a.zip', { state: 'failed' });
    add('b.zip', { state: 'done' });
    expect(store.unfinished('one', 'id of a.zip', '/files')).toEqual({
      id: a.id,
      state: 'failed',
      received: 0,
    });
    expect(store.unfinished('one', 'id of a.zip', '/other')).toBeNull();
    expect(store.unfinished('two', 'id of a.zip', '/files')).toBeNull();
    expect(store.unfinished('one', 'id of b.zip', '/files')).toBeNull();
  });

  it('finds those that hold a name', () => {
    const holders = () => store.holdersOf('/files', foldText('a.zip'));
    add('a.zip');
    add('a.zip', { state: 'cancelled', finalName: 'a.zip' });
    expect(holders()).toEqual([]);
    add('a.zip', { state: 'paused', finalName: 'A.zip', partName: 'A.zip.cdrpart' });
    add('a.zip', { state: 'done', finalName: 'a.ZIP' });
    expect(holders()).toEqual([
      { name: 'A.zip', unfinished: true },
      { name: 'a.ZIP', unfinished: false },
    ]);
    expect(store.holdersOf('/other', foldText('a.zip'))).toEqual([]);
  });

  it('finds parts that are to be deleted', () => {
    add('a.zip', { state: 'paused', partName: 'a.zip.cdrpart' });
    const b = add('b.zip', { state: 'cancelled', partName: 'b.zip.cdrpart' });
    expect(store.withPartToRemove()).toEqual([b.id]);
  });
});
