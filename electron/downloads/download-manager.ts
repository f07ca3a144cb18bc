/** The queue: what a person can do with it. */
import { join, resolve } from 'node:path';
import { type DownloadPage, MOST_ROWS_AT_ONCE, type WhichDownloads } from '../contract/download.ts';
import type { HistoryEntry } from '../contract/history.ts';
import { ok, type Result } from '../contract/result.ts';
import type { FileReference } from '../history/file-reference.ts';
import { createInTurn } from '../lib/in-turn.ts';
import { addFiles } from './add-files.ts';
import { createDownloadEngine, type DownloadEngineOptions } from './download-engine.ts';
import { createOrders } from './orders.ts';
import { roomToAdd } from './room-to-add.ts';

export interface DownloadManager {
  /**
   * Puts files into the queue. A file that is in it for the same folder, and has not come to its end, is not added
   * again; one that failed is tried again. `listedAt`: when the links were listed (milliseconds since 1970, UTC),
   * by default now. `manifest`: whether to call `onBatchEnd`. Failure `no-room`: nothing was added. `ids` are those
   * of all the files, new or not, in their order.
   */
  add(
    references: readonly FileReference[],
    folder: string,
    options?: { readonly listedAt?: number; readonly manifest?: boolean },
  ): Promise<Result<{ added: number; alreadyQueued: number; ids: readonly number[] }>>;
  pause(which: WhichDownloads): Promise<void>;
  resume(which: WhichDownloads): Promise<void>;
  cancel(which: WhichDownloads): Promise<void>;
  /** Starts failed and cancelled ones again, and those waiting ones that are named at once. */
  retry(which: WhichDownloads): Promise<void>;
  /** Puts waiting, paused and failed rows at the front, and starts them whatever the hours. */
  startNow(ids: readonly number[]): Promise<void>;
  /** Takes what needs nothing more off the list. */
  clearFinished(): Promise<void>;
  /** The first rows, or those after an id. */
  list(after?: number | null): DownloadPage;
  /** Where the file is, or its part, or where it will be; null for a row that is not there. */
  pathOf(id: number): string | null;
  /** To be called when somebody signs in or out, when the settings change, and when the network came back. */
  wake(): void;
  /**
   * To be called when the network went away or changed, and before the computer sleeps: ends the transfers that are
   * under way, and has them go on by themselves without its counting as a try.
   */
  interrupt(): void;
  /** Ends all work, so that the next start goes on from here. What was running goes on by itself then. */
  stop(): Promise<void>;
}

/** Answers at once; the queue that is on disk is loaded meanwhile, and orders wait for it. */
export function createDownloadManager(options: DownloadEngineOptions): DownloadManager {
  const { store, clock } = options;
  const inTurn = createInTurn();
  const closing = new AbortController();
  const engine = createDownloadEngine(options);
  const { board, runner, files } = engine;
  const parts = {
    ...options,
    ...engine,
    inTurn,
    signal: closing.signal,
    isRunning: (id: number) => runner.running.has(id),
    roomToAdd: (references: readonly FileReference[], folder: string) =>
      roomToAdd({ files, store, board }, references, folder),
    onAdded: engine.fill,
    onFinished: (entries: readonly HistoryEntry[]) => options.onFinished?.(entries),
  };

  void inTurn(() => engine.load(closing.signal));

  return {
    ...createOrders(parts),

    add(references, folder, { listedAt = clock.now(), manifest = false } = {}) {
      if (references.length === 0) return Promise.resolve(ok({ added: 0, alreadyQueued: 0, ids: [] }));
      const toAdd = { references, folder: resolve(folder), listedAt, manifest };
      return inTurn(() => addFiles(parts, toAdd));
    },

    list(after) {
      const downloads = board.list(after ?? 0, MOST_ROWS_AT_ONCE);
      const isLast = downloads.length < MOST_ROWS_AT_ONCE;
      const next = isLast ? null : (downloads.at(-1)?.id ?? null);
      return { order: engine.feed.order, downloads, next, totals: board.totals(), hold: engine.hold() };
    },

    pathOf(id) {
      const row = store.row(id);
      return row && join(row.folder, row.partName ?? row.finalName ?? row.reference.name);
    },

    wake: engine.wake,
    interrupt: () => runner.stop(() => true, 'wait'),

    async stop() {
      closing.abort();
      engine.close();
      await inTurn(async () => {});
      await engine.closed();
    },
  };
}
