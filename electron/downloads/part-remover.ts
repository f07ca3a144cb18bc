/** Deletes the parts of cancelled downloads. What can't be deleted now is tried again at the next start. */
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import type { GroupCommit } from '../lib/group-commit.ts';
import type { Board } from './board.ts';
import { errnoOf } from './disk-failure.ts';
import { type FileSystem, removeFile } from './file-system.ts';
import type { QueueRow } from './queue-row.ts';
import type { QueueStore } from './queue-store.ts';

/** Few enough to leave the disk to the downloads. */
const MOST_AT_ONCE = 8;

export interface PartRemoverOptions {
  readonly store: Pick<QueueStore, 'row' | 'saveState'>;
  /** Over the database that `store` is kept in. */
  readonly group: GroupCommit;
  readonly board: Board;
  readonly files: FileSystem;
  readonly clock: Clock;
  readonly onRemoved: () => void;
  readonly onBug: (error: unknown) => void;
}

export interface PartRemover {
  /** Deletes the part of this row, which nobody works on. */
  remove(id: number): void;
  /** Whether the row must not be started yet. */
  isBusyWith(id: number): boolean;
  close(): Promise<void>;
}

export function createPartRemover(options: PartRemoverOptions): PartRemover {
  const { store, group, board, files, clock } = options;
  /** In the order in which they came; those at the front are being deleted. */
  const waiting = new Set<number>();
  const removing = new Map<number, Promise<void>>();
  const closing = new AbortController();

  async function removePart(id: number): Promise<void> {
    const row = store.row(id);
    if (!row?.partName) return;
    try {
      await removeFile(files, join(row.folder, row.partName), clock, closing.signal);
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      return;
    }
    const left = await group.commit(() => noteRemoved(id));
    if (left) board.change(id, { received: 0, name: left.reference.name });
  }

  /** In the meantime the row may have been taken off the list, or ordered to start again. */
  function noteRemoved(id: number): QueueRow | null {
    const row = store.row(id);
    if (row)
      store.saveState({ ...row, received: 0, part: null, partName: null, finalName: null, md5Found: null });
    return row;
  }

  function removeNext(): void {
    for (const id of waiting) {
      if (removing.size === MOST_AT_ONCE || closing.signal.aborted) return;
      waiting.delete(id);
      const removal = removePart(id)
        .catch(options.onBug)
        .finally(() => {
          removing.delete(id);
          removeNext();
          options.onRemoved();
        });
      removing.set(id, removal);
    }
  }

  return {
    remove(id) {
      if (!removing.has(id)) waiting.add(id);
      removeNext();
    },
    isBusyWith: (id) => waiting.has(id) || removing.has(id),
    async close() {
      closing.abort();
      await Promise.all(removing.values());
    },
  };
}
