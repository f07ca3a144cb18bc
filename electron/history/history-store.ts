/** The record of every download that came to an end. */
import { dirname } from 'node:path';
import type { DownloadNote } from '../contract/download.ts';
import type { FailureCode } from '../contract/failure.ts';
import type { CheckResult, HistoryEntry, HistoryPage, HistoryQuery, Outcome } from '../contract/history.ts';
import type { Database } from '../lib/database.ts';
import { json, type Row, text } from '../lib/read-row.ts';
import { type FileReference, fileReferenceSchema } from './file-reference.ts';
import { toEntry } from './history-row.ts';
import { migrations } from './history-tables.ts';
import { startOfLocalDay } from './local-day.ts';
import { createSearchIndex } from './search-index.ts';
import { sharedTitle } from './shared-title.ts';

/** How a download ended. */
export interface HistoryRecord {
  readonly reference: FileReference;
  /** What it was added to the queue with; null where that is not known. */
  readonly batchId: number | null;
  /** The name on disk, which may differ from the reference's. */
  readonly name: string;
  /** The full path. */
  readonly path: string;
  /** Milliseconds since 1970, UTC. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Bytes and MD5 of what arrived, or null where nothing whole did. */
  readonly size: number | null;
  readonly md5: string | null;
  readonly attempts: number;
  readonly outcome: Outcome;
  readonly failureCode: FailureCode | null;
  readonly notes: readonly DownloadNote[];
}

/** A file of a service, and the folder that it may have been downloaded to. */
export interface DownloadedFile {
  readonly accountKey: string;
  readonly fileId: string;
  readonly folder: string;
}

/** An account that has an entry. */
export interface HistoryAccount {
  readonly key: string;
  readonly provider: string;
  readonly name: string;
}

export interface HistoryStore {
  record(end: HistoryRecord): HistoryEntry;
  /** `accountKeys`: of these accounts, where the query names none. */
  search(query: HistoryQuery, accountKeys?: readonly string[]): HistoryPage;
  /** Every account that has an entry. Reads the whole history. */
  accounts(): HistoryAccount[];
  entry(id: number): HistoryEntry | null;
  /** What it takes to download the file of an entry again. */
  reference(id: number): FileReference | null;
  setCheck(id: number, check: { readonly at: number; readonly result: CheckResult }): void;
  /** What ended of that which was added to the queue together, oldest first: all of it, or so many after an id. */
  ofBatch(batchId: number, page?: { readonly after: number; readonly limit: number }): HistoryEntry[];
  /** Whether the whole file came into this folder before, under whatever name, or was there already. */
  wasDownloaded(file: DownloadedFile): boolean;
}

const INSERT = `
  INSERT INTO history (
    batch_id, name, path, provider, account_name, report_id, report_title, period, started_at, ended_at,
    size_expected, size, md5_expected, md5, attempts, outcome, failure_code, notes, reference
  ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  RETURNING *`;

const ALL_ACCOUNTS = `
  SELECT DISTINCT provider, account_name, coalesce(json_extract(reference, '$.accountKey'), '') AS account_key
  FROM history ORDER BY account_name, provider`;

const WHOLE_OF_FILE = `
  SELECT path, reference FROM history
  WHERE json_extract(reference, '$.fileId') = ? AND outcome IN ('verified', 'unverified', 'already-there')`;

/** Keeps the history in `database`. `startOf` says when a day begins on this computer's calendar. */
export function createHistoryStore(database: Database, startOf = startOfLocalDay): HistoryStore {
  database.migrate('history', migrations);
  const index = createSearchIndex(database, startOf);
  const insert = database.prepare(INSERT);
  const noteReport = database.prepare(
    'INSERT INTO history_reports VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title',
  );
  const allReports = database.prepare('SELECT id, title FROM history_reports ORDER BY title, id');
  const allAccounts = database.prepare(ALL_ACCOUNTS);
  const titleOf = database.prepare('SELECT title FROM history_reports WHERE id = ?');
  const byId = database.prepare('SELECT * FROM history WHERE id = ?');
  const byBatch = database.prepare('SELECT * FROM history WHERE batch_id = ? AND id > ? ORDER BY id LIMIT ?');
  const wholeOfFile = database.prepare(WHOLE_OF_FILE);
  const saveCheck = database.prepare('UPDATE history SET checked_at = ?, check_result = ? WHERE id = ?');

  function recordReport({ reportId, reportTitle }: FileReference): void {
    const known = titleOf.get(reportId);
    const title = known ? sharedTitle(text(known, 'title'), reportTitle) : reportTitle;
    if (known?.title !== title) noteReport.run(reportId, title);
  }

  function insertRow(end: HistoryRecord): Row {
    const { reference } = end;
    const row = insert.get(
      end.batchId,
      end.name,
      end.path,
      reference.provider,
      reference.accountName,
      reference.reportId,
      reference.reportTitle,
      reference.period,
      end.startedAt,
      end.endedAt,
      reference.size,
      end.size,
      reference.md5,
      end.md5,
      end.attempts,
      end.outcome,
      end.failureCode,
      JSON.stringify(end.notes),
      JSON.stringify(reference),
    );
    if (!row) throw new Error('a row that was inserted did not come back');
    return row;
  }

  return {
    record: (end) =>
      database.transaction(() => {
        recordReport(end.reference);
        const entry = toEntry(insertRow(end));
        index.add(entry, end.reference.accountKey);
        return entry;
      }),

    search({ accountKey, ...query }, accountKeys) {
      const ofOne = accountKey === null ? null : [accountKey];
      const { total, rows } = index.search({ ...query, accountKeys: ofOne ?? accountKeys ?? null });
      return {
        total,
        entries: rows.map(toEntry),
        reports: allReports.all().map((row) => ({ id: text(row, 'id'), title: text(row, 'title') })),
      };
    },

    accounts: () =>
      allAccounts.all().map((row) => ({
        key: text(row, 'account_key'),
        provider: text(row, 'provider'),
        name: text(row, 'account_name'),
      })),

    entry(id) {
      const row = byId.get(id);
      return row ? toEntry(row) : null;
    },

    reference(id) {
      const row = byId.get(id);
      return row ? json(row, 'reference', fileReferenceSchema) : null;
    },

    setCheck(id, { at, result }) {
      saveCheck.run(at, result, id);
    },

    ofBatch: (batchId, { after, limit } = { after: 0, limit: -1 }) =>
      byBatch.all(batchId, after, limit).map(toEntry),

    wasDownloaded: ({ accountKey, fileId, folder }) =>
      wholeOfFile
        .all(fileId)
        .some(
          (row) =>
            dirname(text(row, 'path')) === folder &&
            json(row, 'reference', fileReferenceSchema).accountKey === accountKey,
        ),
  };
}
