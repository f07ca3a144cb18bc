/** The queue on disk. Each call is one transaction, unless it stands in a larger one. */
import { type DownloadState, downloadStates } from '../contract/download-state.ts';
import type { FileReference } from '../history/file-reference.ts';
import type { Database } from '../lib/database.ts';
import { number, numberOrNull, oneOf, type Row, text } from '../lib/read-row.ts';
import { type BatchStore, createBatchStore } from './batch-store.ts';
import {
  type Columns,
  newRow,
  type QueueOverview,
  type QueueRow,
  referenceColumns,
  stateColumns,
  toOverview,
  toQueueRow,
  valuesIn,
} from './queue-row.ts';
import { migrations } from './queue-tables.ts';
import { createWaitingRows, type WaitingRows } from './waiting-rows.ts';

export interface NameHolder {
  readonly name: string;
  /** Whether it is still on its way there. */
  readonly unfinished: boolean;
}

/** As much of a row as it takes to decide whether its file has to be added. */
export type UnfinishedRow = Pick<QueueRow, 'id' | 'state' | 'received'>;

/** Rows by id, but only those in one of `states`. */
export interface RowChoice {
  readonly ids: readonly number[];
  readonly states: readonly DownloadState[];
}

export interface QueueStore extends BatchStore, WaitingRows {
  add(reference: FileReference, folder: string, addedAt: number, listedAt: number, batchId: number): QueueRow;
  row(id: number): QueueRow | null;
  rows(choice: RowChoice): Iterable<QueueRow>;
  /** Writes down everything of the row but its batch. */
  save(row: QueueRow): void;
  /** The same in half the time, for a row whose reference is on disk as it is. */
  saveState(row: QueueRow): void;
  /** What the row was asked for with last; null where that is not known. */
  batchOf(id: number): number | null;
  /** Does what a person ordered: a new state, and all tries anew. Answers with the rows that it was done to. */
  order(choice: RowChoice, state: DownloadState): number[];
  /** Has rows wait in front of all others, in the order of the ids. Answers with the rows that it was done to. */
  startNow(choice: RowChoice, now: number): number[];
  /** Takes rows that were under way at the last moment to another state, and changes nothing else. */
  replaceState(from: DownloadState, to: DownloadState): void;
  /** Takes rows off the list, but none whose part may still be on disk. Answers with their ids. */
  remove(choice: RowChoice): number[];
  /** A row for this file in this folder that has not come to its end. */
  unfinished(accountKey: string, fileId: string, folder: string): UnfinishedRow | null;
  /** The first `most` rows after an id, in the order of the list. */
  overview(after: number, most: number): QueueOverview[];
  /** The rows that have, or are about to have, a name in this folder that folds to `folded`. */
  holdersOf(folder: string, folded: string): readonly NameHolder[];
  /** Cancelled rows whose part may still be on disk. */
  withPartToRemove(): number[];
}

const CHOICE = `
  id IN (SELECT value FROM json_each(:ids))
  AND state IN (SELECT value FROM json_each(:states))`;

export function createQueueStore(database: Database): QueueStore {
  database.migrate('downloads', migrations);
  const insert = database.prepare(`
    INSERT INTO downloads (
      state, received, attempts, tries, notes, size, folder, added_at, listed_at, batch_id,
      ${referenceColumns.map(([name]) => name).join(', ')}
    ) VALUES (
      'waiting', 0, 0, '{}', '[]', ?, ?, ?, ?, ?,
      ${referenceColumns.map(() => '?').join(', ')}
    )`);
  const update = <T>(columns: Columns<T>) =>
    database.prepare(
      `UPDATE downloads SET ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`,
    );
  const updateState = update(stateColumns);
  const updateReference = update(referenceColumns);
  const batchById = database.prepare('SELECT batch_id FROM downloads WHERE id = ?');
  const byId = database.prepare('SELECT * FROM downloads WHERE id = ?');
  const chosen = database.prepare(`SELECT * FROM downloads WHERE ${CHOICE} ORDER BY id`);
  // Rows that wait already keep their place in front; all others lose it.
  const ordered = database.prepare(`
    UPDATE downloads
    SET state = :state, failure = NULL, next_try_at = NULL, tries = '{}', started_at = NULL,
      started_now_at = CASE WHEN :state = 'waiting' THEN started_now_at END
    WHERE ${CHOICE} RETURNING id`);
  const startedNow = database.prepare(`
    UPDATE downloads
    SET state = 'waiting', failure = NULL, next_try_at = NULL, tries = '{}', started_at = NULL,
      started_now_at = :at + wanted.key
    FROM json_each(:ids) AS wanted
    WHERE downloads.id = wanted.value AND state IN (SELECT value FROM json_each(:states))
    RETURNING downloads.id AS id`);
  const reopened = database.prepare(`
    UPDATE batches SET ended = 0
    WHERE ended = 1 AND id IN (
      SELECT batch_id FROM downloads WHERE id IN (SELECT value FROM json_each(:ids))
    )`);
  // The second condition is the one of an index: at start this must not read the whole table.
  const replaced = database.prepare(`
    UPDATE downloads SET state = :to WHERE state = :from AND state IN ('downloading', 'verifying')`);
  const removed = database.prepare(`
    DELETE FROM downloads WHERE ${CHOICE} AND part_name IS NULL RETURNING id`);
  const sameFile = database.prepare(`
    SELECT id, state, received FROM downloads
    WHERE account_key = ? AND file_id = ? AND folder = ? AND state NOT IN ('done', 'already-there', 'cancelled')`);
  const overviews = database.prepare(`
    SELECT id, batch_id, folder, state, size, received, attempts, failure, next_try_at, notes,
      coalesce(final_name, name) AS name, provider, account_key, account_name, report_title, period
    FROM downloads WHERE id > ? ORDER BY id LIMIT ?`);
  const holders = database.prepare(`
    SELECT final_name, part_name IS NOT NULL AS unfinished FROM downloads
    WHERE folder = ? AND folded_name = ? AND (part_name IS NOT NULL OR state IN ('done', 'already-there'))`);
  const toRemove = database.prepare(
    "SELECT id FROM downloads WHERE part_name IS NOT NULL AND state = 'cancelled'",
  );

  const [last] = database
    .prepare("SELECT max(started_now_at) AS at FROM downloads WHERE state = 'waiting' AND started_now_at > 0")
    .all();
  /** The last place in front. A later order stands behind an earlier one, whatever the clock says. */
  let lastInFront = (last && numberOrNull(last, 'at')) ?? 0;

  function reopenBatches(ids: readonly number[]): void {
    if (ids.length > 0) reopened.run({ ids: JSON.stringify(ids) });
  }

  const saveState = (row: QueueRow) => void updateState.run(...valuesIn(stateColumns, row), row.id);

  return {
    ...createBatchStore(database),
    ...createWaitingRows(database),
    add(reference, folder, addedAt, listedAt, batchId) {
      const { lastInsertRowid } = insert.run(
        ...[reference.size, folder, addedAt, listedAt, batchId],
        ...valuesIn(referenceColumns, reference),
      );
      return newRow(Number(lastInsertRowid), reference, folder, addedAt, listedAt, batchId);
    },
    row(id) {
      const row = byId.get(id);
      return row ? toQueueRow(row) : null;
    },
    *rows(choice) {
      for (const row of chosen.iterate(choiceValues(choice))) yield toQueueRow(row);
    },
    save: (row) =>
      database.transaction(() => {
        updateReference.run(...valuesIn(referenceColumns, row.reference), row.id);
        saveState(row);
      }),
    saveState,
    batchOf(id) {
      const row = batchById.get(id);
      return row ? numberOrNull(row, 'batch_id') : null;
    },
    order: (choice, state) =>
      database.transaction(() => {
        const ids = ordered.all({ ...choiceValues(choice), state }).map(idOf);
        if (state === 'waiting') reopenBatches(ids);
        return ids;
      }),
    startNow: (choice, now) =>
      database.transaction(() => {
        const at = Math.max(now, lastInFront + 1);
        lastInFront = at + choice.ids.length;
        const ids = startedNow.all({ ...choiceValues(choice), at }).map(idOf);
        reopenBatches(ids);
        return ids;
      }),
    replaceState: (from, to) => void replaced.run({ from, to }),
    remove: (choice) => removed.all(choiceValues(choice)).map(idOf),
    unfinished(accountKey, fileId, folder) {
      const row = sameFile.get(accountKey, fileId, folder);
      if (!row) return null;
      return { id: idOf(row), state: oneOf(row, 'state', downloadStates), received: number(row, 'received') };
    },
    overview: (after, most) => overviews.all(after, most).map(toOverview),
    holdersOf: (folder, folded) =>
      holders
        .all(folder, folded)
        .map((row) => ({ name: text(row, 'final_name'), unfinished: number(row, 'unfinished') === 1 })),
    withPartToRemove: () => toRemove.all().map(idOf),
  };
}

const idOf = (row: Row): number => number(row, 'id');

const choiceValues = ({ ids, states }: RowChoice) => ({
  ids: JSON.stringify(ids),
  states: JSON.stringify(states),
});
