import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HistoryQuery, historyQuerySchema } from '../../../electron/contract/history.ts';
import { createHistoryStore } from '../../../electron/history/history-store.ts';
import { migrations } from '../../../electron/history/history-tables.ts';
import { type Database, openDatabase } from '../../../electron/lib/database.ts';

let database: Database;
beforeEach(() => {
  database = openDatabase(':memory:');
});
afterEach(() => database.close());

interface OldRow {
  readonly path: string;
  readonly name: string;
  readonly reportId: string;
  readonly account: string;
  readonly search: string;
}

/** A row as the first version wrote it. */
function insertOld({ path, name, reportId, account, search }: OldRow): void {
  database
    .prepare(
      `INSERT INTO history (
         name, path, provider, account_name, report_id, report_title, started_at, ended_at, size_expected, size,
         md5_expected, md5, attempts, outcome, failure_code, notes, reference, search
       ) VALUES (?, ?, 'cisco-cca', ?, ?, 'Title', 1000, 2000, 10, 10, NULL, NULL, 1, 'verified', NULL, '[]', ?, ?)`,
    )
    .run(name, path, account, reportId, JSON.stringify(oldReference(name, account, reportId)), search);
}

/** Without the period, which references of the first version did not have. */
const oldReference = (name: string, accountName: string, reportId: string) => ({
  provider: 'cisco-cca',
  accountKey: `key of ${accountName}`,
  accountName,
  reportId,
  reportTitle: 'Title',
  fileId: `id of ${name}`,
  link: 'https://files.example.com/1',
  question: '{}',
  name,
  size: 10,
  md5: null,
  content: 'zip',
  expiresAt: null,
  attemptsCounted: null,
});

const march = {
  path: '/home/me/Anrufe März/März.zip',
  name: 'März.zip',
  reportId: 'daily',
  account: 'acme',
  search: '/HOME/ME/ANRUFE MÄRZ/MÄRZ.ZIP\nMÄRZ.ZIP\nTITLE\nACME',
};
const may = { ...march, path: '/May.csv', name: 'May.csv', search: '/MAY.CSV\nMAY.CSV\nTITLE\nACME' };
const june = {
  ...march,
  path: '/home/me/Anrufe März/June.zip',
  name: 'June.zip',
  reportId: 'monthly',
  account: 'Straße',
  search: '/HOME/ME/ANRUFE MÄRZ/JUNE.ZIP\nJUNE.ZIP\nTITLE\nSTRASSE',
};

function fromFirstVersion() {
  database.migrate('history', migrations.slice(0, 1));
  for (const row of [march, may, june]) insertOld(row);
  const history = createHistoryStore(database);
  const names = (query: Partial<HistoryQuery>) =>
    history.search(historyQuerySchema.parse(query)).entries.map(({ name }) => name);
  return { history, names };
}

describe('a history of the first version', () => {
  it('is still there, entry by entry', () => {
    const { history } = fromFirstVersion();
    expect(history.entry(1)).toMatchObject({
      name: 'März.zip',
      path: march.path,
      period: null,
      endedAt: 2000,
    });
    expect(history.reference(3)).toEqual({ ...oldReference('June.zip', 'Straße', 'monthly'), period: null });
    expect(history.ofBatch(1)).toEqual([]);
  });

  it('is searched as before: by name, folder, account and report', () => {
    const { names } = fromFirstVersion();
    expect(names({})).toEqual(['June.zip', 'May.csv', 'März.zip']);
    expect(names({ text: 'märz.zip' })).toEqual(['März.zip']);
    expect(names({ text: 'anrufe' })).toEqual(['June.zip', 'März.zip']);
    expect(names({ text: 'straße' })).toEqual(['June.zip']);
    expect(names({ text: 'title acme' })).toEqual(['May.csv', 'März.zip']);
    expect(names({ reportId: 'monthly' })).toEqual(['June.zip']);
  });

  it('knows what was downloaded where', () => {
    const { history } = fromFirstVersion();
    const file = { accountKey: 'key of acme', fileId: 'id of März.zip', folder: '/home/me/Anrufe März' };
    expect(history.wasDownloaded(file)).toBe(true);
    expect(history.wasDownloaded({ ...file, folder: '/home/me' })).toBe(false);
  });

  it('stands beside what is recorded now, in the same surroundings', () => {
    const { history, names } = fromFirstVersion();
    const reference = history.reference(1);
    if (!reference) throw new Error('no reference');
    const entry = history.entry(1);
    if (!entry) throw new Error('no entry');
    history.record({
      ...entry,
      reference,
      batchId: 1,
      name: 'July.zip',
      path: '/home/me/Anrufe März/July.zip',
    });
    expect(names({ text: 'anrufe acme' })).toEqual(['July.zip', 'März.zip']);
    expect(database.prepare('SELECT count(*) AS n FROM history_contexts').get()).toEqual({ n: 3 });
  });
});
