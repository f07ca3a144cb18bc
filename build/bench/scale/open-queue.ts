import { join } from 'node:path';
import { createDownloadManager, type DownloadManager } from '../../../electron/downloads/download-manager.ts';
import { createQueueStore } from '../../../electron/downloads/queue-store.ts';
import { createHistoryStore } from '../../../electron/history/history-store.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
import { openDatabase } from '../../../electron/lib/database.ts';

/** A queue whose rows wait, since nobody is signed in. */
export interface Queue {
  readonly manager: DownloadManager;
  /** Resolves when this many rows have been told of as changed since it was opened. */
  told(rows: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens the queue that is kept in a folder, as the application does. */
export function openQueue(folder: string): Queue {
  const database = openDatabase(join(folder, 'cdr-desk.sqlite'));
  let told = 0;
  let onTold = () => {};
  const manager = createDownloadManager({
    database,
    store: createQueueStore(database),
    history: createHistoryStore(database),
    clock: systemClock,
    random: Math.random,
    sourceOf: () => null,
    atOnce: () => 6,
    workFolder: join(folder, 'being-made'),
    onChanges({ changed }) {
      told += changed.length;
      onTold();
    },
    onBug(error) {
      throw error;
    },
  });
  return {
    manager,
    told: (rows) =>
      new Promise((resolve) => {
        onTold = () => told >= rows && resolve();
        onTold();
      }),
    async close() {
      await manager.stop();
      database.close();
    },
  };
}
