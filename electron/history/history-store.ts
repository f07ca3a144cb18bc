/** The record of every download that came to an end. */
import type { DownloadNote } from '../contract/download.ts';
import { type FailureCode, failureCodes } from '../contract/failure.ts';
import {
  type CheckResult,
  type HistoryEntry,
  type HistoryPage,
  type HistoryQuery,
  type Outcome,
  outcomes,
} from '../contract/history.ts';
import type { Database } from '../lib/database.ts';
import { json, number, numberOrNull, oneOf, type Row, text, textOrNull } from '../lib/read-row.ts';
import { type FileReference, fileReferenceSchema } from './file-reference.ts';
import { conditionOf, searchText } from './history-search.ts';
import { startOfLocalDay } from './local-day.ts';
import { sharedTitle } from './shared-title.ts';
import { notesSchema } from './stored-notes.ts';

/** How a download ended. */
export interface HistoryRecord {
  readonly reference: FileReference;
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

export interface HistoryStore {
  record(end: HistoryRecord): HistoryEntry;
  search(query: HistoryQuery): HistoryPage;
  entry(id: number): HistoryEntry | null;
  /** What it takes to download the file of an entry again. */
  reference(id: number): FileReference | null;
  setCheck(id: number, check: { readonly at: number; readonly result: CheckResult }): void;
}

const checkResults = ['same', 'changed', 'missing', 'unreadable'] as const satisfies readonly CheckResult[];

/** `history_by_end` holds all that a search looks at, so that it reads whole rows of one page only. */
const migrations = [
  `
  CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    provider TEXT NOT NULL,
    account_name TEXT NOT NULL,
    report_id TEXT NOT NULL,
    report_title TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    size_expected INTEGER,
    size INTEGER,
    md5_expected TEXT,
    md5 TEXT,
    attempts INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    failure_code TEXT,
    notes TEXT NOT NULL,
    checked_at INTEGER,
    check_result TEXT,
    reference TEXT NOT NULL,
    search TEXT NOT NULL
  ) STRICT;
  CREATE INDEX history_by_end ON history (ended_at, id, report_id, outcome, search);
  CREATE TABLE history_reports (id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
  `,
];

const INSERT = `
  INSERT INTO history (
    name, path, provider, account_name, report_id, report_title, started_at, ended_at, size_expected, size,
    md5_expected, md5, attempts, outcome, failure_code, notes, reference, search
  ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  RETURNING *`;

/** Keeps the history in `database`. `startOf` says when a day begins on this computer's calendar. */
export function createHistoryStore(database: Database, startOf = startOfLocalDay): HistoryStore {
  database.migrate('history', migrations);
  const insert = database.prepare(INSERT);
  const noteReport = database.prepare(
    'INSERT INTO history_reports VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title',
  );
  const allReports = database.prepare('SELECT id, title FROM history_reports ORDER BY title, id');
  const titleOf = database.prepare('SELECT title FROM history_reports WHERE id = ?');
  const byId = database.prepare('SELECT * FROM history WHERE id = ?');
  const saveCheck = database.prepare('UPDATE history SET checked_at = ?, check_result = ? WHERE id = ?');

  function recordReport({ reportId, reportTitle }: FileReference): void {
    const known = titleOf.get(reportId);
    const title = known ? sharedTitle(text(known, 'title'), reportTitle) : reportTitle;
    if (known?.title !== title) noteReport.run(reportId, title);
  }

  return {
    record: (end) =>
      database.transaction(() => {
        const { reference } = end;
        recordReport(reference);
        const row = insert.get(
          end.name,
          end.path,
          reference.provider,
          reference.accountName,
          reference.reportId,
          reference.reportTitle,
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
          searchText(end.path, end.name, reference.reportTitle, reference.accountName),
        );
        if (!row) throw new Error('a row that was inserted did not come back');
        return toEntry(row);
      }),

    search(query) {
      const { where, values } = conditionOf(query, startOf);
      const counted = database.prepare(`SELECT count(*) AS total FROM history WHERE ${where}`).get(...values);
      const rows = database
        .prepare(
          `SELECT * FROM history WHERE id IN (
             SELECT id FROM history WHERE ${where} ORDER BY ended_at DESC, id DESC LIMIT ? OFFSET ?
           ) ORDER BY ended_at DESC, id DESC`,
        )
        .all(...values, query.limit, query.offset);
      return {
        total: Number(counted?.total ?? 0),
        entries: rows.map(toEntry),
        reports: allReports.all().map((row) => ({ id: text(row, 'id'), title: text(row, 'title') })),
      };
    },

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
  };
}

function toEntry(row: Row): HistoryEntry {
  const checkedAt = numberOrNull(row, 'checked_at');
  return {
    id: number(row, 'id'),
    name: text(row, 'name'),
    path: text(row, 'path'),
    provider: text(row, 'provider'),
    accountName: text(row, 'account_name'),
    reportId: text(row, 'report_id'),
    reportTitle: text(row, 'report_title'),
    startedAt: number(row, 'started_at'),
    endedAt: number(row, 'ended_at'),
    sizeExpected: numberOrNull(row, 'size_expected'),
    size: numberOrNull(row, 'size'),
    md5Expected: textOrNull(row, 'md5_expected'),
    md5: textOrNull(row, 'md5'),
    attempts: number(row, 'attempts'),
    outcome: oneOf(row, 'outcome', outcomes),
    failureCode: row.failure_code === null ? null : oneOf(row, 'failure_code', failureCodes),
    notes: json(row, 'notes', notesSchema),
    lastCheck:
      checkedAt === null ? null : { at: checkedAt, result: oneOf(row, 'check_result', checkResults) },
  };
}
