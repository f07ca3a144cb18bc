/** The runs that are under way: starts them, stops them, and writes down what comes of them. */
import { mayMove } from '../contract/download-state.ts';
import { type Failure, failure } from '../contract/failure.ts';
import type { HistoryEntry } from '../contract/history.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import { errorCode } from '../lib/error-code.ts';
import type { GroupCommit } from '../lib/group-commit.ts';
import type { Board } from './board.ts';
import { recordsFailure } from './disk-failure.ts';
import type { Job } from './file-source.ts';
import { overviewOf, type QueueRow } from './queue-row.ts';
import type { QueueStore } from './queue-store.ts';
import { failedRun, type RunEnd, type RunParts } from './run.ts';
import { runDownload } from './run-download.ts';
import { obeyLate, type Settlement, settle, type Wish } from './settle.ts';
import { createSpeedMeter, type SpeedMeter } from './speed-meter.ts';
import type { WorkFolders } from './work-folders.ts';

/**
 * `preparing`: all is done that comes before a request. `ready`: it may be sent as soon as others let it.
 * `transferring`: an answer is to come. `finishing`: bytes are checked and put in place, which holds up no other.
 */
export type RunPhase = 'preparing' | 'ready' | 'transferring' | 'finishing';

/** What has to be known of a run from outside. */
export interface Running {
  readonly accountKey: string;
  /** When its last request was let go, or else when it began (milliseconds since 1970, UTC). */
  readonly begunAt: number;
  readonly phase: RunPhase;
  /** As it is now. */
  readonly row: QueueRow;
}

/** A run that is over. The row is as it was written down. */
export interface Ended extends Omit<Running, 'phase'> {
  readonly end: RunEnd;
  /** What the history got, when the download came to its end. */
  readonly entry: HistoryEntry | null;
}

export interface RunnerOptions {
  readonly store: Pick<QueueStore, 'row' | 'save' | 'saveState' | 'batchOf'>;
  readonly history: Pick<HistoryStore, 'record'>;
  /** Over the database that `store` and `history` are kept in. */
  readonly group: GroupCommit;
  readonly clock: Clock;
  readonly random: () => number;
  readonly board: Board;
  readonly workFolders: Pick<WorkFolders, 'make'>;
  /** What a run for this account works with; null: nothing can run. */
  readonly partsFor: (accountKey: string) => RunParts | null;
  /** A run is ready to send its request, or has come so far that another one may. */
  readonly onTurn: () => void;
  /** Null: what became of the run could not be written down. */
  readonly onEnd: (ended: Ended | null) => void;
  readonly onBug: (error: unknown) => void;
}

export interface Runner {
  readonly running: ReadonlyMap<number, Running>;
  start(id: number): void;
  /** Lets a run that is ready send its request. */
  admit(id: number): void;
  /** Stops those runs that `which` is true for. A run that was to be cancelled stays so, whatever is wished next. */
  stop(which: (id: number, run: Running) => boolean, wish: Wish): void;
  /** Takes back a pause that has not come about yet. */
  keepGoing(which: (id: number) => boolean): void;
  /** The same, and has what is not finished then wait in front of all others. Written down with what changes next. */
  startNow(which: (id: number) => boolean): void;
  /** Shows how far the runs have come. */
  showProgress(): void;
  /** Resolves when no run is under way. */
  idle(): Promise<void>;
}

interface Entry extends Running {
  readonly controller: AbortController;
  readonly meter: SpeedMeter;
  phase: RunPhase;
  begunAt: number;
  row: QueueRow;
  /** Ends the wait for a turn: true lets the request go. */
  endTurnWait: ((admitted: boolean) => void) | null;
  wish: Wish | null;
  received: number;
  total: number | null;
}

export function createRunner(options: RunnerOptions): Runner {
  const { store, group, clock, board } = options;
  const running = new Map<number, Entry>();
  const ends = new Set<Promise<void>>();

  /** Until its request may go, a run only waits, whatever is written down for it already. */
  function show({ row, received, phase }: Entry): void {
    const waits = phase === 'preparing' || phase === 'ready';
    const state = waits && row.state === 'downloading' ? 'waiting' : row.state;
    board.put({ ...overviewOf(row), received, state });
  }

  function waitForTurn(entry: Entry): Promise<boolean> {
    if (entry.controller.signal.aborted) return Promise.resolve(false);
    if (entry.phase === 'transferring') return Promise.resolve(true);
    const turn = new Promise<boolean>((resolve) => {
      entry.endTurnWait = resolve;
    });
    entry.phase = 'ready';
    options.onTurn();
    return turn;
  }

  function turnOver(entry: Entry): void {
    if (entry.phase !== 'transferring') return;
    entry.phase = 'finishing';
    options.onTurn();
  }

  function endTurnWait(entry: Entry, admitted: boolean): void {
    const end = entry.endTurnWait;
    entry.endTurnWait = null;
    end?.(admitted);
  }

  function save(entry: Entry, change: Partial<QueueRow>): Promise<void> {
    const next = { ...entry.row, ...change };
    const isSameFile = change.reference === undefined;
    if (next.state !== entry.row.state && !mayMove(entry.row.state, next.state)) {
      throw new Error(`a download can't go from ${entry.row.state} to ${next.state}`);
    }
    entry.row = next;
    // What is safe is less than what is there; only beginning anew makes it less.
    if (change.received !== undefined) {
      entry.received = change.received === 0 ? 0 : Math.max(entry.received, change.received);
    }
    if (change.size !== undefined) entry.total = change.size;
    show(entry);
    return group.commit(() => (isSameFile ? store.saveState(next) : store.save(next)));
  }

  const jobOf = (entry: Entry, { speedLimit }: RunParts): Job => ({
    get notes() {
      return entry.row.job;
    },
    note: async (job) => save(entry, { job }),
    folder: () => options.workFolders.make(entry.row.id),
    arrived: (bytes) => speedLimit.spend(bytes, entry.controller.signal),
  });

  async function work(entry: Entry, parts: RunParts): Promise<RunEnd> {
    try {
      return await runDownload(parts, {
        signal: entry.controller.signal,
        row: () => entry.row,
        save: async (change) => save(entry, change),
        job: jobOf(entry, parts),
        turn: () => waitForTurn(entry),
        turnOver: () => turnOver(entry),
        progress(received, total) {
          entry.received = received;
          entry.total = total ?? entry.total;
        },
      });
    } catch (error) {
      return failedRun(failureOf(error));
    }
  }

  /** Answers with what the history got. */
  async function writeDown(entry: Entry, { row, record }: Settlement): Promise<HistoryEntry | null> {
    entry.row = row;
    const recorded = await group.commit(() => {
      store.saveState(row);
      // The file may have been asked for again meanwhile, with others.
      return record && options.history.record({ ...record, batchId: store.batchOf(row.id) });
    });
    board.put(overviewOf(row));
    return recorded;
  }

  async function conclude(entry: Entry, end: RunEnd): Promise<Ended> {
    const { accountKey, begunAt } = entry;
    let { wish } = entry;
    let recorded = await writeDown(entry, settle(entry.row, end, wish, clock.now(), options.random()));
    while (entry.wish !== null && entry.wish !== wish) {
      wish = entry.wish;
      const late = obeyLate(entry.row, wish, clock.now());
      if (late) recorded = (await writeDown(entry, late)) ?? recorded;
    }
    return { accountKey, begunAt, end, row: entry.row, entry: recorded };
  }

  /** A run counts as running until its row says what became of it: nobody else may change the row before. */
  async function run(entry: Entry, parts: RunParts): Promise<void> {
    const how = await work(entry, parts);
    const ended = await end(entry, how);
    running.delete(entry.row.id);
    parts.names.release(entry.row.id);
    options.onEnd(ended);
  }

  async function end(entry: Entry, how: RunEnd): Promise<Ended | null> {
    try {
      return await conclude(entry, how);
    } catch (error) {
      // The next start finds the row as it last was on disk. Until then the list must not say that it goes on.
      board.change(entry.row.id, { state: 'failed', failure: failureOf(error) });
      return null;
    }
  }

  /** Records that can't be written are the disk's doing; anything else that is thrown is a bug. */
  function failureOf(error: unknown): Failure {
    const ofRecords = recordsFailure(error);
    if (!ofRecords) options.onBug(error);
    return ofRecords ?? failure('unexpected', errorCode(error));
  }

  function keepGoing(which: (id: number) => boolean): void {
    for (const [id, entry] of running) if (which(id) && entry.wish === 'pause') entry.wish = 'wait';
  }

  return {
    running,
    start(id) {
      const row = store.row(id);
      const parts = row && options.partsFor(row.reference.accountKey);
      if (!row || !parts || running.has(id)) return;
      const now = clock.now();
      const entry: Entry = {
        accountKey: row.reference.accountKey,
        begunAt: now,
        controller: new AbortController(),
        meter: createSpeedMeter(now, row.received),
        phase: 'preparing',
        row,
        endTurnWait: null,
        wish: null,
        received: row.received,
        total: row.size,
      };
      running.set(id, entry);
      const ended = run(entry, parts)
        .catch(options.onBug)
        .finally(() => ends.delete(ended));
      ends.add(ended);
    },
    admit(id) {
      const entry = running.get(id);
      if (entry?.phase !== 'ready') return;
      entry.phase = 'transferring';
      entry.begunAt = clock.now();
      show(entry);
      endTurnWait(entry, true);
    },
    stop(which, wish) {
      for (const [id, entry] of running) {
        if (!which(id, entry) || entry.wish === 'cancel') continue;
        entry.wish = entry.wish === 'pause' && wish === 'wait' ? 'pause' : wish;
        entry.controller.abort();
        endTurnWait(entry, false);
      }
    },
    keepGoing,
    startNow(which) {
      keepGoing(which);
      for (const [id, entry] of running) {
        if (which(id)) entry.row = { ...entry.row, startedNowAt: entry.row.startedNowAt ?? clock.now() };
      }
    },
    showProgress() {
      for (const [id, entry] of running) {
        const { state } = entry.row;
        const speed = entry.meter.at(clock.now(), entry.received);
        const now = {
          received: entry.received,
          size: entry.total,
          speed: state === 'downloading' ? speed : 0,
        };
        const shown = board.get(id);
        if (shown?.received !== now.received || shown.size !== now.size || shown.speed !== now.speed) {
          board.change(id, now);
        }
        if (shown?.failure?.progress?.waits) board.change(id, { failure: begun(shown.failure) });
      }
    },
    async idle() {
      while (ends.size > 0) await Promise.all(ends);
    },
  };
}

/** Of a file that is being made, while it is worked on: it has its turn. */
const begun = ({ progress, ...why }: Failure): Failure =>
  progress ? { ...why, progress: { ...progress, waits: false } } : why;
