/** What the queue does by itself: gives free slots to rows, lets them run, and tells what has changed. */
import type { DownloadChanges, DownloadHold } from '../contract/download.ts';
import { isFinished } from '../contract/download-state.ts';
import type { Failure } from '../contract/failure.ts';
import type { HistoryEntry } from '../contract/history.ts';
import type { Hours } from '../contract/settings.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Database } from '../lib/database.ts';
import { createGroupCommit, type GroupCommit } from '../lib/group-commit.ts';
import { createAccountAccess } from './account-access.ts';
import { type AccountPace, createAccountPace } from './account-pace.ts';
import type { Batch } from './batch-store.ts';
import { type Batches, createBatches } from './batches.ts';
import { type Board, createBoard } from './board.ts';
import type { FileSource } from './file-source.ts';
import type { FileSystem } from './file-system.ts';
import { findHold } from './hold.ts';
import { createHoursWatch } from './hours-watch.ts';
import { loadQueue } from './load-queue.ts';
import { notePace } from './note-pace.ts';
import { createPartRemover, type PartRemover } from './part-remover.ts';
import { createProgressFeed, type ProgressFeed } from './progress-feed.ts';
import type { QueueStore } from './queue-store.ts';
import { realFiles } from './real-files.ts';
import { createRoomFor } from './room.ts';
import { createRunTools } from './run-tools.ts';
import { createRunner, type Ended, type Runner } from './runner.ts';
import { createSlots, type Slots } from './slots.ts';
import { createWorkFolders } from './work-folders.ts';
import { createWriteThread, type StartWriteWorker } from './write-thread.ts';

export interface DownloadEngineOptions {
  /** The one that `store` and `history` are kept in, so that both change in one transaction. */
  readonly database: Omit<Database, 'migrate' | 'close'>;
  readonly store: QueueStore;
  readonly history: HistoryStore;
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  /** Null while nobody is signed in with this account. */
  sourceOf(accountKey: string): FileSource | null;
  /** How many files at the same time. */
  atOnce(): number;
  /** How many files of an account at the same time; null: as many as of all together. */
  atOnceOf?(accountKey: string): number | null;
  /** Bytes a second for the whole queue; null: as fast as it goes. */
  speedLimit?(): number | null;
  /** When downloads may run; null: at any time. */
  hours?(): Hours | null;
  onChanges(changes: DownloadChanges): void;
  /** Called with what the history got. */
  onFinished?(entries: readonly HistoryEntry[]): void;
  /**
   * Called when nothing of a batch that wants a manifest is left to do; again when more of it came later, and after
   * the next start unless it has resolved by then.
   */
  onBatchEnd?(batch: Batch): Promise<void> | void;
  /** Called when the service no longer accepts an account; nothing of it is tried until `wake`. */
  onAccessLost?(accountKey: string, failure: Failure): void;
  /** Called with what was thrown where nothing should be. The download has failed with `unexpected`. */
  onBug?(error: unknown): void;
  readonly files?: FileSystem;
  /** Left out: everything is written from this thread. */
  readonly startWriteWorker?: StartWriteWorker;
  /** A folder for what has arrived of files that take several requests. Nobody else writes into it. */
  readonly workFolder: string;
}

/** The parts that an order of a person works on, and what concerns all of them. */
export interface DownloadEngine {
  readonly group: GroupCommit;
  readonly board: Board;
  readonly batches: Batches;
  readonly runner: Runner;
  readonly pace: AccountPace;
  readonly slots: Slots;
  readonly remover: PartRemover;
  readonly feed: ProgressFeed;
  /** Where files are written to. */
  readonly files: FileSystem;
  /** Starts what may be started now. */
  fill(): void;
  /** Why nothing is started although something waits. */
  hold(): DownloadHold | null;
  /** Loads the queue; nothing is started before. Ends early when `signal` is aborted. */
  load(signal: AbortSignal): Promise<void>;
  /** See `DownloadManager`. */
  wake(): void;
  /** Starts nothing any more, and ends what is under way. */
  close(): void;
  /** Resolves when all of that has come to its end. */
  closed(): Promise<void>;
}

export function createDownloadEngine(options: DownloadEngineOptions): DownloadEngine {
  const { database, store, clock, sourceOf } = options;
  const files = options.files ?? realFiles;
  const onBug = options.onBug ?? (() => {});
  const group = createGroupCommit(database);
  const pace = createAccountPace(clock);
  const access = createAccountAccess({
    isSignedIn: (accountKey) => sourceOf(accountKey) !== null,
    onLost(accountKey, failure) {
      board.checkSignIns();
      options.onAccessLost?.(accountKey, failure);
    },
  });
  const batches = createBatches({ store, onEnd: (batch) => options.onBatchEnd?.(batch), onBug });
  const board = createBoard({
    needsSignIn: (accountKey) => !access.mayRun(accountKey),
    onChange: (id, together) => feed.changed(id, together),
    onRemove: (id) => feed.removed(id),
    onMove: batches.move,
  });
  const writeThread = options.startWriteWorker ? createWriteThread(options.startWriteWorker) : null;
  const tools = createRunTools({
    ...options,
    files,
    speedLimit: () => options.speedLimit?.() ?? null,
    roomFor: createRoomFor(files, clock),
    writeThread,
  });
  const workFolders = createWorkFolders(options.workFolder);
  const runner = createRunner({
    ...options,
    workFolders,
    group,
    board,
    onBug,
    onTurn: fillSoon,
    onEnd,
    partsFor(accountKey) {
      const source = sourceOf(accountKey);
      return source && { ...tools, source, onAnswer: () => noteAnswer(accountKey) };
    },
  });
  const hours = createHoursWatch({
    clock,
    hours: () => options.hours?.() ?? null,
    onOpen: fill,
    onClosed() {
      runner.stop((_, { row }) => row.startedNowAt === null, 'wait');
      fill();
    },
  });
  const feed = createProgressFeed({
    clock,
    isBusy: () => runner.running.size > 0,
    beforeBatch: runner.showProgress,
    read: board.get,
    totals: board.totals,
    hold,
    tell: options.onChanges,
  });
  const remover = createPartRemover({ ...options, group, board, files, onBug, onRemoved: fill });
  const slots = createSlots({
    ...options,
    pace,
    mostOf: (accountKey) =>
      smaller(sourceOf(accountKey)?.filesAtOnce ?? null, options.atOnceOf?.(accountKey) ?? null),
    accounts: () => board.accounts().keys(),
    mayRun: access.mayRun,
    onlyStartedNow: () => hours.closedUntil !== null,
    running: runner.running,
    // A row whose end could not be written down still waits on the disk: then nothing but an order starts it.
    isHeld: (id) => remover.isBusyWith(id) || board.get(id)?.state !== 'waiting',
    start(id) {
      runner.start(id);
      feed.wake();
    },
    admit: runner.admit,
  });
  const release = slots.hold();
  let isFillDue = false;
  hours.look();

  function fill(): void {
    slots.fill();
    feed.wake();
  }

  /** At the end of this turn of the event loop: many runs come to their turns in one. */
  function fillSoon(): void {
    feed.wake();
    if (isFillDue) return;
    isFillDue = true;
    setImmediate(() => {
      isFillDue = false;
      try {
        slots.fill();
      } catch (error) {
        onBug(error);
      }
    });
  }

  function hold(): DownloadHold | null {
    return findHold({
      waiting: board.totals().count.waiting,
      closedUntil: hours.closedUntil,
      // Outside the hours nothing else runs.
      isAnyInFront: () => runner.running.size > 0 || store.isAnyInFront(),
      accounts: [...board.accounts()].filter(([accountKey]) => access.mayRun(accountKey)),
      pace,
    });
  }

  function onEnd(ended: Ended | null): void {
    if (ended) takeNote(ended);
    // Records that can't be written would fail the whole queue, row by row.
    else slots.rest();
    fillSoon();
  }

  function takeNote(ended: Ended): void {
    const { accountKey, row, entry } = ended;
    if (entry) options.onFinished?.([entry]);
    if (row.state === 'cancelled') remover.remove(row.id);
    if (isFinished(row.state)) void workFolders.remove(row.id).catch(onBug);
    access.note(ended);
    const others = [...runner.running.values()].filter(
      (run) => run.phase === 'transferring' && run.accountKey === accountKey,
    ).length;
    notePace(pace, ended, others, clock);
  }

  function noteAnswer(accountKey: string): void {
    if (pace.reached(accountKey)) fill();
  }

  async function load(signal: AbortSignal): Promise<void> {
    await loadQueue(store, board, signal);
    if (signal.aborted) return;
    for (const id of store.withPartToRemove()) remover.remove(id);
    await workFolders.removeOthers((id) => {
      const shown = board.get(id);
      return shown !== null && !isFinished(shown.state);
    });
    batches.tellMissed();
  }

  return {
    group,
    board,
    pace,
    batches,
    runner,
    slots,
    remover,
    feed,
    files,
    fill,
    hold,
    load: (signal) => load(signal).catch(onBug).then(release).catch(onBug),
    wake() {
      access.forget();
      pace.wake();
      board.checkSignIns();
      runner.stop((_, { accountKey }) => sourceOf(accountKey) === null, 'wait');
      hours.look();
    },
    close() {
      slots.close();
      hours.close();
      runner.stop(() => true, 'wait');
    },
    async closed() {
      await runner.idle();
      writeThread?.close();
      await remover.close();
      await batches.idle();
      feed.close();
    },
  };
}

/** Of two limits, each null for none. */
const smaller = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);
