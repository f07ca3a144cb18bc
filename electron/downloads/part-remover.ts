/** Deletes the parts of cancelled downloads. What can't be deleted now is tried again at the next start. */
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import type { Board } from './board.ts';
import { errnoOf } from './disk-failure.ts';
import { type FileSystem, removeFile } from './file-system.ts';
import type { QueueStore } from './queue-store.ts';

export interface PartRemoverOptions {
  readonly store: QueueStore;
  readonly board: Board;
  readonly files: FileSystem;
  readonly clock: Clock;
  readonly onRemoved: () => void;
  readonly onBug: (error: unknown) => void;
}

export interface PartRemover {
  /** Deletes the part of this row, which nobody works on. */
  remove(id: number): void;
  /** Deletes every part of a cancelled row. */
  removeAll(): void;
  /** Rows that must not be started yet. */
  busyWith(): readonly number[];
  close(): Promise<void>;
}

export function createPartRemover({
  store,
  board,
  files,
  clock,
  ...options
}: PartRemoverOptions): PartRemover {
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
    // In the meantime the row may have been taken off the list, or ordered to start again.
    const now = store.row(id);
    if (!now) return;
    store.save({ ...now, received: 0, part: null, partName: null, finalName: null, md5Found: null });
    board.change(id, { received: 0, name: now.reference.name });
  }

  function remove(id: number): void {
    const removal = removePart(id)
      .catch(options.onBug)
      .finally(() => {
        removing.delete(id);
        options.onRemoved();
      });
    removing.set(id, removal);
  }

  return {
    remove,
    removeAll() {
      for (const { id } of store.withPartToRemove()) remove(id);
    },
    busyWith: () => [...removing.keys()],
    async close() {
      closing.abort();
      await Promise.all(removing.values());
    },
  };
}
