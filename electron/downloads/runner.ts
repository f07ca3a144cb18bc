/** The runs that are under way: starts them, stops them, and writes down what comes of them. */
import { mayMove } from '../contract/download-state.ts';
import { type Failure, failure } from '../contract/failure.ts';
import type { HistoryEntry } from '../contract/history.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Database } from '../lib/database.ts';
import { errorCode } from '../lib/error-code.ts';
import type { Board } from './board.ts';
import { overviewOf, type QueueRow } from './queue-row.ts';
import type { QueueStore } from './queue-store.ts';
import { failedRun, type RunEnd, type RunParts } from './run.ts';
import { runDownload } from './run-download.ts';
import { settle, type Wish } from './settle.ts';
import { createSpeedMeter, type SpeedMeter } from './speed-meter.ts';

/** What has to be known of a run from outside. */
export interface Running {
  readonly accountKey: string;
  /** Milliseconds since 1970, UTC. */
  readonly begunAt: number;
}

/** A run that is over. */
export interface Ended extends Running {
  /** Why it brought no file, whether it will be tried again or not. */
  readonly failure: Failure | null;
  /** The row as it was written down. */
  readonly row: QueueRow;
  /** What the history got, when the download came to its end. */
  readonly entry: HistoryEntry | null;
}

export interface RunnerOptions {
  readonly database: Pick<Database, 'transaction'>;
  readonly store: QueueStore;
  readonly history: HistoryStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly board: Board;
  /** What a run for this account works with; null: nothing can run. */
  readonly partsFor: (accountKey: string) => RunParts | null;
  /** Null: what became of the run could not be written down. */
  readonly onEnd: (ended: Ended | null) => void;
  readonly onBug: (error: unknown) => void;
}

export interface Runner {
  readonly running: ReadonlyMap<number, Running>;
  start(id: number): void;
  /** Stops those runs that `which` is true for. A run that was to be cancelled stays so, whatever is wished next. */
  stop(which: (id: number, run: Running) => boolean, wish: Wish): void;
  /** Takes back a pause that has not come about yet. */
  keepGoing(which: (id: number) => boolean): void;
  /** Shows how far the runs have come. */
  showProgress(): void;
  /** Resolves when no run is under way. */
  idle(): Promise<void>;
}

interface Entry extends Running {
  readonly controller: AbortController;
  readonly meter: SpeedMeter;
  row: QueueRow;
  wish: Wish | null;
  received: number;
  total: number | null;
}

export function createRunner(options: RunnerOptions): Runner {
  const { database, store, clock, board } = options;
  const running = new Map<number, Entry>();
  const ends = new Set<Promise<void>>();

  function save(entry: Entry, change: Partial<QueueRow>): void {
    const next = { ...entry.row, ...change };
    if (next.state !== entry.row.state && !mayMove(entry.row.state, next.state)) {
      throw new Error(`a download can't go from ${entry.row.state} to ${next.state}`);
    }
    store.save(next);
    entry.row = next;
    entry.received = change.received ?? entry.received;
    if (change.size !== undefined) entry.total = change.size;
    board.put({ ...overviewOf(next), received: entry.received });
  }

  async function work(entry: Entry, parts: RunParts): Promise<RunEnd> {
    try {
      return await runDownload(parts, {
        signal: entry.controller.signal,
        row: () => entry.row,
        save: (change) => save(entry, change),
        progress(received, total) {
          entry.received = received;
          entry.total = total ?? entry.total;
        },
      });
    } catch (error) {
      options.onBug(error);
      return failedRun(failure('unexpected', errorCode(error)));
    }
  }

  function conclude({ row: before, wish, accountKey, begunAt }: Entry, end: RunEnd): Ended {
    const { row, record } = settle(before, end, wish, clock.now(), options.random());
    const entry = database.transaction(() => {
      store.save(row);
      return record && options.history.record(record);
    });
    board.put(overviewOf(row));
    return { accountKey, begunAt, row, entry, failure: end.kind === 'failed' ? end.failure : null };
  }

  async function run(entry: Entry, parts: RunParts): Promise<void> {
    const end = await work(entry, parts);
    running.delete(entry.row.id);
    options.onEnd(writeDown(entry, end));
  }

  function writeDown(entry: Entry, end: RunEnd): Ended | null {
    try {
      return conclude(entry, end);
    } catch (error) {
      // The next start finds the row as it last was on disk. Until then the list must not say that it goes on.
      options.onBug(error);
      board.change(entry.row.id, { state: 'failed', failure: failure('unexpected', errorCode(error)) });
      return null;
    }
  }

  return {
    running,
    start(id) {
      const row = store.row(id);
      const parts = row && options.partsFor(row.reference.accountKey);
      if (!row || !parts) return;
      const entry: Entry = {
        accountKey: row.reference.accountKey,
        begunAt: clock.now(),
        controller: new AbortController(),
        meter: createSpeedMeter(clock.now(), row.received),
        row,
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
    stop(which, wish) {
      for (const [id, entry] of running) {
        if (!which(id, entry) || entry.wish === 'cancel') continue;
        entry.wish = entry.wish === 'pause' && wish === 'wait' ? 'pause' : wish;
        entry.controller.abort();
      }
    },
    keepGoing(which) {
      for (const [id, entry] of running) if (which(id) && entry.wish === 'pause') entry.wish = 'wait';
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
      }
    },
    async idle() {
      while (ends.size > 0) await Promise.all(ends);
    },
  };
}
