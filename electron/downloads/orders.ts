/** What a person can order for many rows at a time, done slice by slice. */
import {
  type DownloadState,
  downloadStates,
  isFinished,
  mayCancel,
  mayPause,
  mayResume,
  mayRetry,
} from '../contract/download-state.ts';
import type { HistoryEntry } from '../contract/history.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Database } from '../lib/database.ts';
import { inSlices } from '../lib/in-slices.ts';
import type { InTurn } from '../lib/in-turn.ts';
import type { AccountPace } from './account-pace.ts';
import type { Board } from './board.ts';
import type { PartRemover } from './part-remover.ts';
import type { QueueStore, RowChoice } from './queue-store.ts';
import type { Runner, RunPhase } from './runner.ts';
import { cancel } from './settle.ts';
import type { Slots } from './slots.ts';

export interface OrdersOptions {
  readonly database: Pick<Database, 'transaction'>;
  readonly store: Pick<QueueStore, 'rows' | 'order' | 'startNow' | 'remove'>;
  readonly history: Pick<HistoryStore, 'record'>;
  readonly board: Board;
  readonly runner: Pick<Runner, 'running' | 'stop' | 'keepGoing' | 'startNow'>;
  readonly pace: Pick<AccountPace, 'wake'>;
  readonly slots: Slots;
  readonly remover: Pick<PartRemover, 'remove'>;
  readonly clock: Clock;
  /** One order after another, and after what else changes many rows. */
  readonly inTurn: InTurn;
  readonly signal: AbortSignal;
  readonly onFinished: (entries: readonly HistoryEntry[]) => void;
}

/** Rows by id, or all of them. */
export type Which = 'all' | readonly number[];

/** See `DownloadManager`. */
export interface Orders {
  pause(which: Which): Promise<void>;
  resume(which: Which): Promise<void>;
  cancel(which: Which): Promise<void>;
  retry(which: Which): Promise<void>;
  startNow(ids: readonly number[]): Promise<void>;
  clearFinished(): Promise<void>;
}

const ROWS_AT_ONCE = 500;
/** Rows that each get an entry in the history as well. */
const ENTRIES_AT_ONCE = 150;

/** What the records may still say of a row that failed because its end could not be written down. */
const stillSaid: readonly DownloadState[] = ['waiting', 'downloading', 'verifying'];

const isAhead = (phase: RunPhase) => phase === 'preparing' || phase === 'ready';

const statesThat = (rule: (state: DownloadState) => boolean) => downloadStates.filter(rule);
const includes = (which: Which) => (id: number) => which === 'all' || which.includes(id);

export function createOrders(options: OrdersOptions): Orders {
  const { database, store, board, runner, slots, remover, clock, inTurn } = options;

  /** Rows that nobody works on. Those that are running hear of an order from the runner, and change as they end. */
  function forEachSlice(
    which: Which,
    states: readonly DownloadState[],
    size: number,
    work: (choice: RowChoice) => void,
  ): Promise<void> {
    return inTurn(async () => {
      const ids = which === 'all' ? board.idsIn(states) : which;
      await inSlices(
        ids,
        size,
        (slice) => work({ ids: slice.filter((id) => !runner.running.has(id)), states }),
        options.signal,
      );
    });
  }

  function show(ids: readonly number[], state: DownloadState): void {
    board.changeAll(ids, { state, failure: null, nextTryAt: null });
  }

  /** Has resting rows wait for their turn, and starts those that have it. `asStored`: their states on the disk. */
  function haveWait(
    which: Which,
    states: readonly DownloadState[],
    asStored: readonly DownloadState[] = states,
  ): Promise<void> {
    return forEachSlice(which, states, ROWS_AT_ONCE, ({ ids }) => {
      show(store.order({ ids, states: asStored }, 'waiting'), 'waiting');
      slots.fill();
    });
  }

  /** Nothing is started that the order has still to reach. */
  async function whileHeld(work: () => Promise<void>): Promise<void> {
    const release = slots.hold();
    await work().finally(release);
  }

  function cancelResting(choice: RowChoice): void {
    const entries: HistoryEntry[] = [];
    const withPart: number[] = [];
    const ids = database.transaction(() => {
      for (const row of store.rows(choice)) {
        const { record } = cancel(row, clock.now());
        if (record) entries.push(options.history.record(record));
        if (row.partName !== null) withPart.push(row.id);
      }
      return store.order(choice, 'cancelled');
    });
    show(ids, 'cancelled');
    for (const id of withPart) remover.remove(id);
    if (entries.length > 0) options.onFinished(entries);
  }

  return {
    pause(which) {
      runner.stop(includes(which), 'pause');
      return whileHeld(() =>
        forEachSlice(which, statesThat(mayPause), ROWS_AT_ONCE, (choice) =>
          show(store.order(choice, 'paused'), 'paused'),
        ),
      );
    },

    resume(which) {
      runner.keepGoing(includes(which));
      return haveWait(which, statesThat(mayResume));
    },

    cancel(which) {
      runner.stop(includes(which), 'cancel');
      return whileHeld(() => forEachSlice(which, statesThat(mayCancel), ENTRIES_AT_ONCE, cancelResting));
    },

    retry(which) {
      const states = statesThat(mayRetry);
      options.pace.wake();
      return haveWait(which, states, [...states, ...stillSaid]);
    },

    startNow(ids) {
      options.pace.wake();
      runner.startNow(includes(ids));
      return forEachSlice(ids, ['paused', 'failed', ...stillSaid], ROWS_AT_ONCE, (choice) => {
        show(store.startNow(choice, clock.now()), 'waiting');
        // What was about to be next has to make room.
        runner.stop((_, { phase, row }) => isAhead(phase) && row.startedNowAt === null, 'wait');
        slots.fill();
      });
    },

    clearFinished: () =>
      forEachSlice('all', statesThat(isFinished), ROWS_AT_ONCE, (choice) =>
        board.remove(store.remove(choice)),
      ),
  };
}
