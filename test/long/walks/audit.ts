/** A record of every change of state in the queue, kept by the database itself: in the same transaction, or not at all. */
import { type DownloadState, downloadStates } from '../../../electron/contract/download-state.ts';
import type { Database } from '../../../electron/lib/database.ts';
import { number, oneOf, text, textOrNull } from '../../../electron/lib/read-row.ts';

export interface StateChange {
  readonly id: number;
  readonly fileId: string;
  readonly attempts: number;
  /** Null: the row is new. */
  readonly from: DownloadState | null;
  /** Null: the row was taken off the list. */
  readonly to: DownloadState | null;
  readonly failure: string | null;
}

const COLUMNS = 'INSERT INTO audit (id, file_id, attempts, was, became, failure) VALUES';

export function startAudit(database: Database): void {
  for (const sql of [
    `CREATE TABLE IF NOT EXISTS audit (
       number INTEGER PRIMARY KEY, id INTEGER, file_id TEXT, attempts INTEGER, was TEXT, became TEXT, failure TEXT
     ) STRICT`,
    `CREATE TRIGGER IF NOT EXISTS audit_add AFTER INSERT ON downloads BEGIN
       ${COLUMNS} (new.id, new.file_id, new.attempts, NULL, new.state, NULL);
     END`,
    `CREATE TRIGGER IF NOT EXISTS audit_change AFTER UPDATE ON downloads WHEN old.state <> new.state BEGIN
       ${COLUMNS} (new.id, new.file_id, new.attempts, old.state, new.state, json_extract(new.failure, '$.code'));
     END`,
    `CREATE TRIGGER IF NOT EXISTS audit_remove AFTER DELETE ON downloads BEGIN
       ${COLUMNS} (old.id, old.file_id, old.attempts, old.state, NULL, NULL);
     END`,
  ]) {
    database.prepare(sql).run();
  }
}

export function readAudit(database: Database): StateChange[] {
  const stateOrNull = (value: string | null) =>
    value === null ? null : oneOf({ value }, 'value', downloadStates);
  return database
    .prepare('SELECT * FROM audit ORDER BY number')
    .all()
    .map((row) => ({
      id: number(row, 'id'),
      fileId: text(row, 'file_id'),
      attempts: number(row, 'attempts'),
      from: stateOrNull(textOrNull(row, 'was')),
      to: stateOrNull(textOrNull(row, 'became')),
      failure: textOrNull(row, 'failure'),
    }));
}
