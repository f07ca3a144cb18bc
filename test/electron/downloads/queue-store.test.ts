import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadChanges } from '../../../electron/contract/download.ts';
import { downloadStates } from '../../../electron/contract/download-state.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { createDownloadManager } from '../../../electron/downloads/download-manager.ts';
import type { QueueRow } from '../../../electron/downloads/queue-row.ts';
import { createQueueStore, type QueueStore } from '../../../electron/downloads/queue-store.ts';
import type { FileReference } from '../../../electron/history/file-reference.ts';
import { createHistoryStore } from '../../../electron/history/history-store.ts';
import { type Database, openDatabase } from '../../../electron/lib/database.ts';
import { foldText } from '../../../electron/lib/fold-text.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

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

const add = (name: string, change: Partial<QueueRow> = {}, of: Partial<FileReference> = {}): QueueRow => {
  const row = { ...store.add(reference(name, of), '/files', 1, 2), ...change };
  store.save(row);
  return row;
};
const states = () => [...store.overview()].map(({ state }) => state);
const all = { which: 'all', states: downloadStates, except: [] } as const;

describe('a row', () => {
  it('comes back as it was added', () => {
    const row = store.add(reference('a.zip', { size: null, md5: null }), '/files', 1, 2);
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
      notes: ['no-checksum'],
      reference: reference('b.zip', { link: 'https://elsewhere.example.com/2', content: 'text' }),
    });
    expect(store.row(row.id)).toEqual(row);
    expect([...store.rows(all)]).toEqual([row]);
    expect([...store.overview()]).toMatchObject([
      { name: 'a (2).zip', state: 'verifying', accountKey: 'one' },
    ]);
  });

  it('is never found under the number of one that was removed', () => {
    const { id } = add('a.zip', { state: 'done' });
    expect(store.remove(['done'])).toEqual([id]);
    expect(store.row(id)).toBeNull();
    expect(add('b.zip').id).toBeGreaterThan(id);
  });
});

describe('an order', () => {
  it('is carried out for the rows it is for, and begins their tries anew', () => {
    const rows = downloadStates.map((state) =>
      add(`${state}.zip`, { state, nextTryAt: 5, tries: { passing: 3 }, failure: failure('timed-out', '') }),
    );
    const excepted = rows.find(({ state }) => state === 'cancelled')?.id ?? 0;
    const changed = store.order(
      { which: 'all', states: ['failed', 'paused', 'cancelled'], except: [excepted] },
      'waiting',
    );
    expect(changed.map((id) => rows.find((row) => row.id === id)?.state).sort()).toEqual([
      'failed',
      'paused',
    ]);
    expect(store.row(changed[0] ?? 0)).toMatchObject({ nextTryAt: null, tries: {}, failure: null });
    expect(store.row(excepted)).toMatchObject({ state: 'cancelled', nextTryAt: 5 });
  });

  it('by ids leaves all others alone', () => {
    const [a, b] = [add('a.zip'), add('b.zip')];
    expect(store.order({ ...all, which: [b.id, 999] }, 'paused')).toEqual([b.id]);
    expect(states()).toEqual(['waiting', 'paused']);
    expect(a.state).toBe('waiting');
  });
});

describe('the next row', () => {
  const next = (accounts: string[] = [], ids: number[] = []) =>
    store.nextWaiting(1000, { accounts, ids })?.id ?? null;

  it('is the first that waits, and then one whose next try has come', () => {
    add('a.zip', { state: 'paused' });
    const later = add('b.zip', { nextTryAt: 1001 });
    const c = add('c.zip', { nextTryAt: 1000 });
    const d = add('d.zip');
    const e = add('e.zip', {}, { accountKey: 'two' });
    expect(next()).toBe(d.id);
    expect(next(['one'])).toBe(e.id);
    expect(next([], [d.id, e.id])).toBe(c.id);
    expect(next(['one', 'two'])).toBeNull();
    expect(store.nextTryAfter(1000)).toBe(later.nextTryAt);
    expect(store.nextTryAfter(1001)).toBeNull();
  });
});

describe('a time for the next try', () => {
  it('that is further away than any wait does not count: the clock was set back', () => {
    const { id } = add('a.zip', { nextTryAt: 100_000_000 });
    expect(store.nextWaiting(100_000_000 - 3_600_001, { accounts: [], ids: [] })?.id).toBe(id);
    expect(store.nextWaiting(100_000_000 - 3_600_000, { accounts: [], ids: [] })).toBeNull();
  });
});

describe('looking for rows', () => {
  it('finds the one for a file that has not come to its end', () => {
    const a = add('a.zip', { state: 'failed' });
    add('b.zip', { state: 'done' });
    expect(store.unfinished('one', 'id of a.zip', '/files')?.id).toBe(a.id);
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
    expect(store.withPartToRemove().map(({ id }) => id)).toEqual([b.id]);
  });
});

describe('a hundred thousand rows', () => {
  it('are loaded, listed, paused and told of as one', async () => {
    const most = 100_000;
    database.transaction(() => {
      for (let n = 0; n < most; n++) store.add(reference(`${n}.zip`), '/files', 1, 2);
    });
    const batches: DownloadChanges[] = [];
    const clock = createFakeClock();
    const manager = createDownloadManager({
      database,
      store,
      history: createHistoryStore(database),
      clock,
      random: () => 0,
      sourceOf: () => null,
      atOnce: () => 6,
      onChanges: (changes) => batches.push(changes),
    });
    expect(manager.list().downloads).toHaveLength(most);
    expect(manager.list().totals).toMatchObject({ totalBytes: 10 * most, receivedBytes: 0 });
    manager.pause('all');
    await clock.advance(100);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.changed).toHaveLength(most);
    expect(manager.list().totals.count).toMatchObject({ waiting: 0, paused: most });
    await manager.stop();
  });
});
