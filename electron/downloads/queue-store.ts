/** The queue on disk. Each call is one transaction, unless it stands in a larger one. */
import type { WhichDownloads } from '../contract/download.ts';
import type { DownloadState } from '../contract/download-state.ts';
import type { FileReference } from '../history/file-reference.ts';
import type { Database } from '../lib/database.ts';
import { number, numberOrNull, text } from '../lib/read-row.ts';
import {
  newRow,
  type QueueOverview,
  type QueueRow,
  referenceColumns,
  rowColumns,
  toOverview,
  toQueueRow,
} from './queue-row.ts';
import { migrations } from './queue-tables.ts';

export interface NameHolder {
  readonly name: string;
  /** Whether it is still on its way there. */
  readonly unfinished: boolean;
}

/** Rows by id or all of them, but only those in one of `states`, and none of `except`. */
export interface RowChoice {
  readonly which: WhichDownloads;
  readonly states: readonly DownloadState[];
  readonly except: readonly number[];
}

export interface QueueStore {
  add(reference: FileReference, folder: string, addedAt: number, listedAt: number): QueueRow;
  row(id: number): QueueRow | null;
  rows(choice: RowChoice): Iterable<QueueRow>;
  /** Writes down everything of the row. */
  save(row: QueueRow): void;
  /** Does what a person ordered: a new state, and all tries anew. Answers with the rows that it was done to. */
  order(choice: RowChoice, state: DownloadState): number[];
  /** Takes rows from one state to another and changes nothing else. */
  replaceState(from: DownloadState, to: DownloadState): void;
  /** Takes the rows in these states off the list. Answers with their ids. */
  remove(states: readonly DownloadState[]): number[];
  /** A row for this file in this folder that has not come to its end. */
  unfinished(accountKey: string, fileId: string, folder: string): QueueRow | null;
  /** In the order of the list. */
  overview(): Iterable<QueueOverview>;
  /**
   * The next waiting row whose time has come, leaving out some accounts and some rows: first come, first served, and
   * after those the ones that had their chance, so that one that always fails keeps nobody waiting.
   */
  nextWaiting(
    now: number,
    without: { readonly accounts: readonly string[]; readonly ids: readonly number[] },
  ): { readonly id: number; readonly accountKey: string } | null;
  /** The earliest time after `now` at which a waiting row is to be tried again. */
  nextTryAfter(now: number): number | null;
  /** The rows that have, or are about to have, a name in this folder that folds to `folded`. */
  holdersOf(folder: string, folded: string): readonly NameHolder[];
  /** Cancelled rows whose part may still be on disk. */
  withPartToRemove(): readonly QueueRow[];
}

/** More than any `nextTryAt` is away when it is set. */
const LONGEST_WAIT_MS = 60 * 60_000;

const CHOICE = `
  state IN (SELECT value FROM json_each(:states))
  AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
  AND id NOT IN (SELECT value FROM json_each(:except))`;

export function createQueueStore(database: Database): QueueStore {
  database.migrate('downloads', migrations);
  const insert = database.prepare(`
    INSERT INTO downloads (
      folder, added_at, listed_at, state, size, received, attempts, tries, notes,
      provider, account_key, account_name, report_id, report_title, file_id, link, question, name, size_expected,
      md5, content, expires_at, attempts_counted
    ) VALUES (
      :folder, :added_at, :listed_at, 'waiting', :size_expected, 0, 0, '{}', '[]',
      :provider, :account_key, :account_name, :report_id, :report_title, :file_id, :link, :question, :name,
      :size_expected, :md5, :content, :expires_at, :attempts_counted
    )`);
  const update = database.prepare(`
    UPDATE downloads SET
      listed_at = :listed_at, started_at = :started_at, state = :state, size = :size, received = :received,
      attempts = :attempts, tries = :tries, failure = :failure, next_try_at = :next_try_at,
      final_name = :final_name, folded_name = :folded_name, part_name = :part_name,
      part = :part, md5_found = :md5_found, notes = :notes,
      provider = :provider, account_key = :account_key, account_name = :account_name, report_id = :report_id,
      report_title = :report_title, file_id = :file_id, link = :link, question = :question, name = :name,
      size_expected = :size_expected, md5 = :md5, content = :content, expires_at = :expires_at,
      attempts_counted = :attempts_counted
    WHERE id = :id`);
  const byId = database.prepare('SELECT * FROM downloads WHERE id = ?');
  const chosen = database.prepare(`SELECT * FROM downloads WHERE ${CHOICE} ORDER BY id`);
  const ordered = database.prepare(`
    UPDATE downloads
    SET state = :state, failure = NULL, next_try_at = NULL, tries = '{}', started_at = NULL
    WHERE ${CHOICE} RETURNING id`);
  const replaced = database.prepare('UPDATE downloads SET state = :to WHERE state = :from');
  const removed = database.prepare(
    'DELETE FROM downloads WHERE state IN (SELECT value FROM json_each(?)) RETURNING id',
  );
  const sameFile = database.prepare(`
    SELECT * FROM downloads
    WHERE account_key = ? AND file_id = ? AND folder = ? AND state NOT IN ('done', 'already-there', 'cancelled')`);
  const overviews = database.prepare(`
    SELECT id, folder, state, size, received, attempts, failure, next_try_at, notes,
      coalesce(final_name, name) AS name, account_key, account_name, report_title
    FROM downloads ORDER BY id`);
  // A time further away than any wait is one from before the computer's clock was set back.
  const next = database.prepare(`
    SELECT id, account_key FROM downloads
    WHERE state = 'waiting'
      AND (next_try_at IS NULL OR next_try_at NOT BETWEEN :now + 1 AND :now + ${LONGEST_WAIT_MS})
      AND account_key NOT IN (SELECT value FROM json_each(:accounts))
      AND id NOT IN (SELECT value FROM json_each(:ids))
    ORDER BY next_try_at, id LIMIT 1`);
  const nextTry = database.prepare(
    "SELECT min(next_try_at) AS at FROM downloads WHERE state = 'waiting' AND next_try_at > ?",
  );
  const holders = database.prepare(`
    SELECT final_name, part_name IS NOT NULL AS unfinished FROM downloads
    WHERE folder = ? AND folded_name = ? AND (part_name IS NOT NULL OR state IN ('done', 'already-there'))`);
  const toRemove = database.prepare(
    "SELECT * FROM downloads WHERE part_name IS NOT NULL AND state = 'cancelled'",
  );

  return {
    add(reference, folder, addedAt, listedAt) {
      const { lastInsertRowid } = insert.run({
        ...referenceColumns(reference),
        folder,
        added_at: addedAt,
        listed_at: listedAt,
      });
      return newRow(Number(lastInsertRowid), reference, folder, addedAt, listedAt);
    },
    row(id) {
      const row = byId.get(id);
      return row ? toQueueRow(row) : null;
    },
    *rows(choice) {
      for (const row of chosen.iterate(choiceValues(choice))) yield toQueueRow(row);
    },
    save: (row) => void update.run(rowColumns(row)),
    order: (choice, state) => ordered.all({ ...choiceValues(choice), state }).map((row) => number(row, 'id')),
    replaceState: (from, to) => void replaced.run({ from, to }),
    remove: (states) => removed.all(JSON.stringify(states)).map((row) => number(row, 'id')),
    unfinished(accountKey, fileId, folder) {
      const row = sameFile.get(accountKey, fileId, folder);
      return row ? toQueueRow(row) : null;
    },
    *overview() {
      for (const row of overviews.iterate()) yield toOverview(row);
    },
    nextWaiting(now, { accounts, ids }) {
      const row = next.get({ now, accounts: JSON.stringify(accounts), ids: JSON.stringify(ids) });
      return row ? { id: number(row, 'id'), accountKey: text(row, 'account_key') } : null;
    },
    nextTryAfter(now) {
      const row = nextTry.get(now);
      return row ? numberOrNull(row, 'at') : null;
    },
    holdersOf: (folder, folded) =>
      holders
        .all(folder, folded)
        .map((row) => ({ name: text(row, 'final_name'), unfinished: number(row, 'unfinished') === 1 })),
    withPartToRemove: () => toRemove.all().map(toQueueRow),
  };
}

const choiceValues = ({ which, states, except }: RowChoice) => ({
  ids: which === 'all' ? null : JSON.stringify(which),
  states: JSON.stringify(states),
  except: JSON.stringify(except),
});
