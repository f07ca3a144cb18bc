import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HistoryQuery, historyQuerySchema } from '../../../electron/contract/history.ts';
import type { FileReference } from '../../../electron/history/file-reference.ts';
import {
  createHistoryStore,
  type HistoryRecord,
  type HistoryStore,
} from '../../../electron/history/history-store.ts';
import { type Database, openDatabase } from '../../../electron/lib/database.ts';

let database: Database;
let history: HistoryStore;
beforeEach(() => {
  database = openDatabase(':memory:');
  history = createHistoryStore(database, (day) => Date.parse(`${day}T00:00:00Z`));
});
afterEach(() => database.close());

const reference: FileReference = {
  provider: 'cisco-cca',
  accountKey: 'key',
  accountName: 'acme-machine',
  reportId: 'daily-archives',
  reportTitle: 'Daily CDR archives',
  period: '2026-10-01/2026-10-31',
  fileId: 'id-1',
  link: 'https://files.example.com/1',
  question: '{}',
  name: 'a.zip',
  size: 10,
  md5: '0'.repeat(32),
  content: 'zip',
  expiresAt: null,
  attemptsCounted: 3,
};

const record = (change: Partial<HistoryRecord> = {}, of: Partial<FileReference> = {}): HistoryRecord => ({
  reference: { ...reference, ...of },
  batchId: null,
  name: 'a.zip',
  path: '/home/me/Reports/a.zip',
  startedAt: 1000,
  endedAt: 2000,
  size: 10,
  md5: '0'.repeat(32),
  attempts: 1,
  outcome: 'verified',
  failureCode: null,
  notes: [],
  ...change,
});

const search = (query: Partial<HistoryQuery> = {}) => history.search(historyQuerySchema.parse(query));
const names = (query: Partial<HistoryQuery> = {}) => search(query).entries.map(({ name }) => name);

describe('an entry', () => {
  it('comes back as it was recorded', () => {
    const entry = history.record(record({ notes: ['no-checksum'], outcome: 'unverified' }, { md5: null }));
    expect(entry).toEqual({
      id: entry.id,
      name: 'a.zip',
      path: '/home/me/Reports/a.zip',
      provider: 'cisco-cca',
      accountKey: 'key',
      accountName: 'acme-machine',
      reportId: 'daily-archives',
      reportTitle: 'Daily CDR archives',
      period: '2026-10-01/2026-10-31',
      startedAt: 1000,
      endedAt: 2000,
      sizeExpected: 10,
      size: 10,
      md5Expected: null,
      md5: '0'.repeat(32),
      attempts: 1,
      outcome: 'unverified',
      failureCode: null,
      notes: ['no-checksum'],
      lastCheck: null,
    });
    expect(history.entry(entry.id)).toEqual(entry);
    expect(search().entries).toEqual([entry]);
  });

  it('of a failure says why', () => {
    const { id } = history.record(
      record({ outcome: 'failed', failureCode: 'expired', size: null, md5: null }),
    );
    expect(history.entry(id)).toMatchObject({
      outcome: 'failed',
      failureCode: 'expired',
      size: null,
      md5: null,
    });
  });

  it('holds what it takes to download the file again', () => {
    const { id } = history.record(record());
    expect(history.reference(id)).toEqual(reference);
  });

  it('remembers the last check only', () => {
    const { id } = history.record(record());
    history.setCheck(id, { at: 5, result: 'missing' });
    history.setCheck(id, { at: 6, result: 'same' });
    expect(history.entry(id)?.lastCheck).toEqual({ at: 6, result: 'same' });
  });

  it('that is not there is null', () => {
    expect(history.entry(1)).toBeNull();
    expect(history.reference(1)).toBeNull();
  });
});

describe('searching', () => {
  it('is newest first, and by pages', () => {
    for (const n of [1, 3, 2]) history.record(record({ name: `${n}`, endedAt: n }));
    expect(names()).toEqual(['3', '2', '1']);
    expect(names({ offset: 1, limit: 1 })).toEqual(['2']);
    expect(search({ offset: 1, limit: 1 }).total).toBe(3);
  });

  it('wants every word, anywhere, whatever its case', () => {
    history.record(record({ name: 'München März.zip', path: '/data/München März.zip' }));
    history.record(record({ name: 'b.zip', path: '/data/b.zip' }, { accountName: 'Straße' }));
    expect(names({ text: 'mÄRZ' })).toEqual(['München März.zip']);
    expect(names({ text: 'Mu\u0308nchen ACME daily /DATA' })).toEqual(['München März.zip']);
    expect(names({ text: 'STRASSE' })).toEqual(['b.zip']);
    expect(names({ text: 'märz strasse' })).toEqual([]);
    expect(names({ text: '  ' })).toHaveLength(2);
  });

  it('finds a file by its whole path', () => {
    history.record(record({ name: 'May.zip', path: '/home/me/Call records/May.zip' }));
    history.record(record({ name: 'June.zip', path: '/home/me/Call records/June.zip' }));
    expect(names({ text: '/home/me/Call records/May.zip' })).toEqual(['May.zip']);
    expect(names({ text: 'me\\Call records\\May.zip' })).toEqual(['May.zip']);
  });

  it('takes signs as they are', () => {
    history.record(record({ name: '100%_a.zip', path: '/100%_a.zip' }));
    history.record(record({ name: '1000xa.zip', path: '/1000xa.zip' }));
    expect(names({ text: '%_' })).toEqual(['100%_a.zip']);
    expect(names({ text: "'" })).toEqual([]);
  });

  it('filters by report, outcome and days', () => {
    const at = (day: string) => Date.parse(`${day}Z`);
    history.record(record({ name: 'a', endedAt: at('2026-03-01T00:00:00') }));
    history.record(record({ name: 'b', endedAt: at('2026-03-02T23:59:59.999') }, { reportId: 'other' }));
    history.record(record({ name: 'c', endedAt: at('2026-03-03T00:00:00'), outcome: 'cancelled' }));
    expect(names({ reportId: 'other' })).toEqual(['b']);
    expect(names({ outcome: 'cancelled' })).toEqual(['c']);
    expect(names({ from: '2026-03-02' })).toEqual(['c', 'b']);
    expect(names({ to: '2026-03-02' })).toEqual(['b', 'a']);
    expect(names({ from: '2026-03-02', to: '2026-03-02' })).toEqual(['b']);
    expect(search({ from: '2026-03-02', to: '2026-03-02', text: 'c' })).toMatchObject({ total: 1 });
  });

  it('filters by account, and tells two of the same name apart by their servers', () => {
    const [one, two] = ['fake|https://one.example|acme', 'fake|https://two.example|acme'];
    history.record(record({ name: 'a' }, { accountKey: one ?? '', fileId: 'a' }));
    history.record(record({ name: 'b' }, { accountKey: two ?? '', fileId: 'b' }));
    history.record(record({ name: 'c' }, { accountKey: one ?? '', fileId: 'c' }));
    expect(names()).toEqual(['c', 'b', 'a']);
    expect(names({ accountKey: one ?? '' })).toEqual(['c', 'a']);
    expect(search({ accountKey: two ?? '' })).toMatchObject({ total: 1, entries: [{ name: 'b' }] });
    expect(names({ accountKey: one ?? '', text: 'acme' })).toEqual(['c', 'a']);
    const query = historyQuerySchema.parse({});
    expect(history.search(query, [one ?? '', two ?? '']).total).toBe(3);
    expect(history.search(query, [two ?? '']).entries).toMatchObject([{ name: 'b' }]);
    expect(history.search(query, []).total).toBe(0);
    expect(history.accounts().map(({ key }) => key)).toEqual([one, two]);
  });

  it('says the same total on every page', () => {
    const ends = [5, 3, 3, 9, 1, 3, 7];
    for (const endedAt of ends) history.record(record({ name: endedAt === 9 ? 'other' : 'a', endedAt }));
    const page = fc.record({ offset: fc.nat(9), limit: fc.integer({ min: 1, max: 9 }) });
    const ask = fc.constantFrom({}, { text: 'a.zip' }, { text: 'other' }, { text: 'none' });
    fc.assert(
      fc.property(ask, page, (query, { offset, limit }) => {
        const all = search(query);
        const part = search({ ...query, offset, limit });
        expect(part.total).toBe(all.entries.length);
        expect(part.entries).toEqual(all.entries.slice(offset, offset + limit));
      }),
    );
  });

  it('finds by any part of a name what it was recorded with', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (name, a, b) => {
        const { id } = history.record(record({ name }));
        const [from, to] = [a % name.length, b % name.length].sort((x, y) => x - y);
        const part = name.slice(from, (to ?? 0) + 1);
        return search({ text: part, limit: 1000 }).entries.some((entry) => entry.id === id);
      }),
    );
  });

  it('knows every report that has an entry, by what its titles have in common', () => {
    history.record(record({}, { reportId: 'peak', reportTitle: 'Peak Port files, daily, site level' }));
    history.record(record({}, { reportId: 'peak', reportTitle: 'Peak Port files, daily, customer level' }));
    history.record(record());
    expect(search({ text: 'nothing' }).reports).toEqual([
      { id: 'daily-archives', title: 'Daily CDR archives' },
      { id: 'peak', title: 'Peak Port files, daily' },
    ]);
  });
});

describe('a batch', () => {
  it('is all that ended of what was added together, oldest first', () => {
    for (const [name, batchId] of [
      ['a', 1],
      ['b', 2],
      ['c', 1],
      ['d', null],
    ] as const) {
      history.record(record({ name, batchId, outcome: name === 'c' ? 'failed' : 'verified' }));
    }
    expect(history.ofBatch(1).map(({ name }) => name)).toEqual(['a', 'c']);
    expect(history.ofBatch(3)).toEqual([]);
    const [first] = history.ofBatch(1);
    expect(history.ofBatch(1, { after: 0, limit: 1 })).toEqual([first]);
    expect(history.ofBatch(1, { after: first?.id ?? 0, limit: 5 }).map(({ name }) => name)).toEqual(['c']);
  });
});

describe('whether a file was downloaded', () => {
  const file = { accountKey: 'key', fileId: 'id-1', folder: '/home/me/Reports' };

  it.each([
    ['verified', true],
    ['unverified', true],
    ['already-there', true],
    ['failed', false],
    ['cancelled', false],
  ] as const)('%s: %s', (outcome, expected) => {
    history.record(record({ outcome }));
    expect(history.wasDownloaded(file)).toBe(expected);
  });

  it('is for this account, this file and this folder', () => {
    history.record(record());
    expect(history.wasDownloaded({ ...file, accountKey: 'other' })).toBe(false);
    expect(history.wasDownloaded({ ...file, fileId: 'id-2' })).toBe(false);
    expect(history.wasDownloaded({ ...file, folder: '/home/me' })).toBe(false);
  });

  it('does not hang on one name', () => {
    history.record(record({ outcome: 'failed' }));
    history.record(record({ name: 'a (2).zip', path: '/home/me/Reports/a (2).zip' }));
    expect(history.wasDownloaded(file)).toBe(true);
  });
});
