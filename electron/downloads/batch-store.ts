/** What was added to the queue together, for what is to be done once all of it is through. */
import type { Database } from '../lib/database.ts';
import { number, text } from '../lib/read-row.ts';

/** Rows that were added together, to one folder. */
export interface Batch {
  readonly id: number;
  readonly folder: string;
}

export interface BatchStore {
  /** Notes what is added together, and whether it is to leave a manifest. Answers with its id. */
  addBatch(folder: string, addedAt: number, wantsManifest: boolean): number;
  /** The row was asked for again, with this batch. */
  moveToBatch(rowId: number, batchId: number): void;
  /** A batch that is to leave a manifest; null for any other. */
  batchWithManifest(id: number): Batch | null;
  /** The batches that are to leave a manifest and of which nobody was told that they have come to their end. */
  batchesToEnd(): number[];
  /** Notes that everybody knows of the batch's end. That is forgotten when one of its rows is ordered to start again. */
  endBatch(id: number): void;
}

export function createBatchStore(database: Pick<Database, 'prepare'>): BatchStore {
  const insert = database.prepare('INSERT INTO batches (folder, added_at, wants_manifest) VALUES (?, ?, ?)');
  const move = database.prepare('UPDATE downloads SET batch_id = ? WHERE id = ?');
  const wanting = database.prepare('SELECT id, folder FROM batches WHERE id = ? AND wants_manifest = 1');
  const toEnd = database.prepare('SELECT id FROM batches WHERE wants_manifest = 1 AND ended = 0');
  const end = database.prepare('UPDATE batches SET ended = 1 WHERE id = ?');
  return {
    addBatch: (folder, addedAt, wantsManifest) =>
      Number(insert.run(folder, addedAt, wantsManifest ? 1 : 0).lastInsertRowid),
    moveToBatch: (rowId, batchId) => void move.run(batchId, rowId),
    batchWithManifest(id) {
      const row = wanting.get(id);
      return row ? { id: number(row, 'id'), folder: text(row, 'folder') } : null;
    },
    batchesToEnd: () => toEnd.all().map((row) => number(row, 'id')),
    endBatch: (id) => void end.run(id),
  };
}
