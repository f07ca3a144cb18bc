/** Downloads files through the queue of a data folder, and stays until each of them has come to its end. */
import type { Download } from '../contract/download.ts';
import { type Failure, failure } from '../contract/failure.ts';
import type { Hours } from '../contract/settings.ts';
import { createDownloadManager, type DownloadManager } from '../downloads/download-manager.ts';
import type { FileReference, FileSource } from '../downloads/file-source.ts';
import { createQueueStore } from '../downloads/queue-store.ts';
import type { StartWriteWorker } from '../downloads/write-thread.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Database } from '../lib/database.ts';
import { type EndedFile, type Follower, followFiles, type WaitingFile } from './follow-files.ts';
import type { MakingFile } from './making-file.ts';

export interface QueueRunOptions {
  readonly database: Database;
  readonly history: HistoryStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly startWriteWorker: StartWriteWorker;
  readonly stop: AbortSignal;
  sourceOf(accountKey: string): FileSource | null;
  readonly references: readonly FileReference[];
  readonly folder: string;
  /** When the links were listed: milliseconds since 1970, UTC. */
  readonly listedAt: number;
  readonly atOnce: number;
  /** How many of them of one account; null: as many as of all together. */
  atOnceOf(accountKey: string): number | null;
  /** Bytes a second, null for any. */
  readonly speedLimit: number | null;
  /** When other files of the queue may be downloaded; what is asked for here is meant now. Null: at any time. */
  readonly hours: Hours | null;
  /** Called when nothing is left to do for a batch that wants a manifest. */
  onBatchEnd(batch: { readonly id: number; readonly folder: string }): void;
  readonly wantsManifest: boolean;
  /** The longest that all files that are left may wait for a later try, in milliseconds. */
  readonly waitMs: number;
  onEnded(files: readonly EndedFile[]): void;
  onWaiting(files: readonly WaitingFile[]): void;
  onMaking(files: readonly MakingFile[]): void;
  /** Called once each time that the service can't be reached. */
  onUnreachable(failure: Failure): void;
  /** Null where nobody is watching. */
  readonly onProgress: ((progress: QueueProgress) => void) | null;
  onBug(error: unknown): void;
  /** For what has arrived of files that take several requests. */
  readonly workFolder: string;
}

export interface QueueProgress {
  readonly running: readonly Download[];
  readonly making: readonly MakingFile[];
  /** Bytes of what was asked for. */
  readonly done: number;
  readonly total: number;
  /** Bytes a second. */
  readonly speed: number;
}

export interface QueueEnd {
  /** How many files have not come to their end. They stay in the queue. */
  readonly left: number;
  /** What ended it before that: `cancelled`, no room, or no access any more. */
  readonly failure: Failure | null;
}

const LOOK_EVERY_MS = 1000;

export async function runQueue(options: QueueRunOptions): Promise<QueueEnd> {
  const { database, clock, stop, references } = options;
  const over = new AbortController();
  const end = () => over.abort();
  let follower: Follower | null = null;
  let lost: Failure | null = null;
  let wasUnreachable = false;
  /** Files that have to end before it is worthwhile to look whether any is left. */
  let unseen = 0;

  const manager = createDownloadManager({
    database,
    store: createQueueStore(database),
    history: options.history,
    clock,
    random: options.random,
    startWriteWorker: options.startWriteWorker,
    sourceOf: options.sourceOf,
    atOnce: () => options.atOnce,
    atOnceOf: options.atOnceOf,
    speedLimit: () => options.speedLimit,
    hours: () => options.hours,
    onChanges({ changed, totals, hold }) {
      if (!follower) return;
      follower.take(changed, hold);
      const isUnreachable = hold?.reason === 'unreachable';
      if (isUnreachable && !wasUnreachable) options.onUnreachable(hold.failure);
      wasUnreachable = isUnreachable;
      options.onProgress?.({
        running: follower.running(),
        making: follower.making(),
        speed: totals.speed,
        ...follower.bytes,
      });
      if (follower.pending === 0) end();
    },
    // Changes come some ten times a second. Nobody is to wait for the last of them.
    onFinished(entries) {
      unseen -= entries.length;
      if (unseen <= 0) look();
    },
    onBatchEnd: options.onBatchEnd,
    onAccessLost(_accountKey, why) {
      lost = why;
      end();
    },
    onBug: options.onBug,
    workFolder: options.workFolder,
  });

  function look(): void {
    if (!follower) return;
    takeAll(manager, follower);
    unseen = follower.pending;
    if (unseen === 0) end();
  }

  /** Resolves when nothing is left to wait for. */
  async function untilOver(all: Follower): Promise<void> {
    stop.addEventListener('abort', end, { once: true });
    if (stop.aborted) end();
    while (!over.signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, over.signal);
      const since = all.waitingSince();
      if (over.signal.aborted || since === null || clock.now() - since < options.waitMs) continue;
      all.giveUp();
      end();
    }
    stop.removeEventListener('abort', end);
  }

  try {
    const added = await manager.add(references, options.folder, {
      listedAt: options.listedAt,
      manifest: options.wantsManifest,
    });
    if (!added.ok) return { left: references.length, failure: added.failure };
    const { ids } = added.value;
    const names = new Map(ids.map((id, index) => [id, references[index]?.name ?? '']));
    const { onEnded, onWaiting, onMaking } = options;
    follower = followFiles({ names, clock, onEnded, onWaiting, onMaking });
    await manager.startNow([...names.keys()]);
    look();
    await untilOver(follower);
    // The list is what is still to do, and what a person should see of it; the history has the rest.
    if (follower.pending === 0) await manager.clearFinished();
  } finally {
    await manager.stop();
  }
  const left = follower.pending;
  return { left, failure: left === 0 ? null : (lost ?? failure('cancelled', 'stopped')) };
}

/** Shows the follower the queue as it is now. */
function takeAll(manager: DownloadManager, follower: Follower): void {
  let after: number | null = null;
  do {
    const page = manager.list(after);
    follower.take(page.downloads, page.hold);
    after = page.next;
  } while (after !== null && follower.pending > 0);
}
