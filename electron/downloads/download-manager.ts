/** The queue: what a person can do with it, and what it does by itself. */
import { join, resolve } from 'node:path';
import type { DownloadChanges, DownloadList, WhichDownloads } from '../contract/download.ts';
import {
  type DownloadState,
  downloadStates,
  isFinished,
  mayCancel,
  mayPause,
  mayResume,
  mayRetry,
} from '../contract/download-state.ts';
import type { Failure } from '../contract/failure.ts';
import type { HistoryEntry } from '../contract/history.ts';
import type { FileReference } from '../history/file-reference.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Database } from '../lib/database.ts';
import { createAccountPace } from './account-pace.ts';
import { createBoard } from './board.ts';
import type { FileSource } from './file-source.ts';
import { type FileSystem, realFiles } from './file-system.ts';
import { createPartRemover } from './part-remover.ts';
import { createProgressFeed } from './progress-feed.ts';
import { overviewOf, type QueueRow } from './queue-row.ts';
import type { QueueStore } from './queue-store.ts';
import { needsSignIn } from './retry-policy.ts';
import { createRunner, type Ended } from './runner.ts';
import { cancel } from './settle.ts';
import { createSlots } from './slots.ts';
import { stateAtStart } from './startup-recovery.ts';

export interface DownloadManagerOptions {
  /** The one that `store` and `history` are kept in, so that both change in one transaction. */
  readonly database: Pick<Database, 'transaction'>;
  readonly store: QueueStore;
  readonly history: HistoryStore;
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  /** Null while nobody is signed in with this account. */
  sourceOf(accountKey: string): FileSource | null;
  /** How many files at the same time. */
  atOnce(): number;
  onChanges(changes: DownloadChanges): void;
  /** Called with what the history got. */
  onFinished?(entries: readonly HistoryEntry[]): void;
  /** Called when the service no longer accepts an account; nothing of it is tried until `wake`. */
  onAccessLost?(accountKey: string, failure: Failure): void;
  /** Called with what was thrown where nothing should be. The download has failed with `unexpected`. */
  onBug?(error: unknown): void;
  readonly files?: FileSystem;
}

export interface DownloadManager {
  /**
   * Puts files into the queue. A file that is in it for the same folder, and has not come to its end, is not added
   * again; one that failed is tried again. `listedAt`: when the links were listed (milliseconds since 1970, UTC),
   * by default now.
   */
  add(
    references: readonly FileReference[],
    folder: string,
    options?: { readonly listedAt?: number },
  ): { added: number; alreadyQueued: number };
  pause(which: WhichDownloads): void;
  resume(which: WhichDownloads): void;
  cancel(which: WhichDownloads): void;
  /** Starts failed and cancelled ones again, and those waiting ones that are named at once. */
  retry(which: WhichDownloads): void;
  /** Takes what needs nothing more off the list. */
  clearFinished(): void;
  list(): DownloadList;
  /** Where the file is, or its part, or where it will be; null for a row that is not there. */
  pathOf(id: number): string | null;
  /** To be called when somebody signs in or out, when the settings change, and after the computer slept. */
  wake(): void;
  /** Ends all work, so that the next start goes on from here. What was running goes on by itself then. */
  stop(): Promise<void>;
}

interface Queued {
  readonly row: QueueRow;
  readonly isNew: boolean;
}

/** A failed row that is asked for once more, by what lists it now. */
const again = (row: QueueRow, reference: FileReference, listedAt: number): QueueRow => ({
  ...row,
  reference,
  listedAt,
  state: 'waiting',
  size: reference.size,
  failure: null,
  tries: {},
  startedAt: null,
});

const statesThat = (rule: (state: DownloadState) => boolean) => downloadStates.filter(rule);
const includes = (which: WhichDownloads) => (id: number) => which === 'all' || which.includes(id);

export function createDownloadManager(options: DownloadManagerOptions): DownloadManager {
  const { database, store, history, clock, sourceOf } = options;
  const files = options.files ?? realFiles;
  const onBug = options.onBug ?? (() => {});
  const pace = createAccountPace(clock);
  /** Accounts whose access was refused; nothing of theirs is tried until somebody signs in. */
  const refused = new Set<string>();
  const mayRun = (accountKey: string) => !refused.has(accountKey) && sourceOf(accountKey) !== null;

  const board = createBoard({
    needsSignIn: (accountKey) => !mayRun(accountKey),
    onChange: (id) => feed.changed(id),
    onRemove: (id) => feed.removed(id),
  });
  const runner = createRunner({
    ...options,
    board,
    onBug,
    onEnd,
    partsFor(accountKey) {
      const source = sourceOf(accountKey);
      return source && { source, files, clock, holdersOf: store.holdersOf };
    },
  });
  const feed = createProgressFeed({
    clock,
    isBusy: () => runner.running.size > 0,
    beforeBatch: runner.showProgress,
    read: board.get,
    totals: board.totals,
    tell: options.onChanges,
  });
  const remover = createPartRemover({ store, board, files, clock, onBug, onRemoved: () => slots.fill() });
  const slots = createSlots({
    store,
    clock,
    pace,
    atOnce: options.atOnce,
    mayRun,
    running: runner.running,
    held: remover.busyWith,
    start: runner.start,
  });

  function onEnd(ended: Ended | null): void {
    if (ended) takeNote(ended);
    slots.fill();
  }

  function takeNote({ accountKey, begunAt, failure, row, entry }: Ended): void {
    if (entry) options.onFinished?.([entry]);
    if (row.state === 'cancelled') remover.remove(row.id);
    if (failure && needsSignIn(failure) && row.state === 'waiting') {
      refused.add(accountKey);
      board.checkSignIns();
      options.onAccessLost?.(accountKey, failure);
    }
    if (failure?.code === 'too-many-connections') {
      const others = [...runner.running.values()].filter((run) => run.accountKey === accountKey).length;
      const waitMs = Math.max(0, (row.nextTryAt ?? 0) - clock.now());
      pace.slowDown(accountKey, { begunAt, running: others + 1, waitMs });
    }
  }

  /** Rows that nobody works on. Those that are running hear of an order from the runner, and change as they end. */
  const resting = (which: WhichDownloads, states: readonly DownloadState[]) => ({
    which,
    states,
    except: [...runner.running.keys()],
  });

  /** Gives resting rows another state, and starts what has now its turn. */
  function order(which: WhichDownloads, from: readonly DownloadState[], to: DownloadState): void {
    showOrdered(store.order(resting(which, from), to), to);
    slots.fill();
  }

  function showOrdered(ids: readonly number[], state: DownloadState): void {
    for (const id of ids) board.change(id, { state, failure: null, nextTryAt: null });
  }

  for (const state of downloadStates) {
    if (stateAtStart(state) !== state) store.replaceState(state, stateAtStart(state));
  }
  board.load(store.overview());
  remover.removeAll();
  slots.fill();

  return {
    add(references, folder, { listedAt = clock.now() } = {}) {
      const target = resolve(folder);
      const rows = database.transaction(() =>
        references.map((reference): Queued => {
          const known = store.unfinished(reference.accountKey, reference.fileId, target);
          if (!known) return { row: store.add(reference, target, clock.now(), listedAt), isNew: true };
          if (known.state !== 'failed') return { row: known, isNew: false };
          const row = again(known, reference, listedAt);
          store.save(row);
          return { row, isNew: false };
        }),
      );
      for (const { row } of rows) if (!runner.running.has(row.id)) board.put(overviewOf(row));
      slots.fill();
      const added = rows.filter(({ isNew }) => isNew).length;
      return { added, alreadyQueued: rows.length - added };
    },

    pause(which) {
      runner.stop(includes(which), 'pause');
      order(which, statesThat(mayPause), 'paused');
    },

    resume(which) {
      runner.keepGoing(includes(which));
      order(which, statesThat(mayResume), 'waiting');
    },

    cancel(which) {
      runner.stop(includes(which), 'cancel');
      const choice = resting(which, statesThat(mayCancel));
      const entries: HistoryEntry[] = [];
      const withPart: number[] = [];
      const ids = database.transaction(() => {
        for (const row of store.rows(choice)) {
          const { record } = cancel(row, clock.now());
          if (record) entries.push(history.record(record));
          if (row.partName !== null) withPart.push(row.id);
        }
        return store.order(choice, 'cancelled');
      });
      showOrdered(ids, 'cancelled');
      for (const id of withPart) remover.remove(id);
      if (entries.length > 0) options.onFinished?.(entries);
    },

    retry(which) {
      const named: DownloadState[] = which === 'all' ? [] : ['waiting'];
      order(which, [...statesThat(mayRetry), ...named], 'waiting');
    },

    clearFinished: () => board.remove(store.remove(statesThat(isFinished))),

    list: () => ({ order: feed.order, downloads: board.list(), totals: board.totals() }),

    pathOf(id) {
      const row = store.row(id);
      return row && join(row.folder, row.partName ?? row.finalName ?? row.reference.name);
    },

    wake() {
      refused.clear();
      board.checkSignIns();
      runner.stop((_, { accountKey }) => sourceOf(accountKey) === null, 'wait');
      slots.fill();
    },

    async stop() {
      slots.close();
      runner.stop(() => true, 'wait');
      await runner.idle();
      await remover.close();
      feed.close();
    },
  };
}
