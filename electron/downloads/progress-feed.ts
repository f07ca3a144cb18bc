/** Gathers what changes and tells it in batches, at most ten a second for the whole queue. */
import { isDeepStrictEqual } from 'node:util';
import {
  type Download,
  type DownloadChanges,
  type DownloadHold,
  type DownloadTotals,
  MOST_ROWS_AT_ONCE,
} from '../contract/download.ts';
import type { Clock } from '../lib/clock.ts';

const BATCH_EVERY_MS = 100;

export interface ProgressFeed {
  /** `together`: with many others, which are told after what changed by itself. */
  changed(id: number, together: boolean): void;
  removed(id: number): void;
  /** Looks again at what nobody reports: the hold, and progress while `isBusy` says that there may be some. */
  wake(): void;
  /** The order of the last batch that was told. */
  readonly order: number;
  /** Tells what is left, and then nothing more. */
  close(): void;
}

export interface ProgressFeedOptions {
  readonly clock: Clock;
  /** Whether something moves that nobody reports. */
  readonly isBusy: () => boolean;
  /** Called before each batch: the time to report what has moved. */
  readonly beforeBatch: () => void;
  readonly read: (id: number) => Download | null;
  readonly totals: () => DownloadTotals;
  readonly hold: () => DownloadHold | null;
  readonly tell: (changes: DownloadChanges) => void;
}

export function createProgressFeed(options: ProgressFeedOptions): ProgressFeed {
  const alone = new Set<number>();
  const together = new Set<number>();
  const gone = new Set<number>();
  const closing = new AbortController();
  let held: DownloadHold | null = null;
  let order = 0;
  let running = false;

  const isSomethingLeft = () => alone.size + together.size + gone.size > 0;

  function tellBatch(): void {
    options.beforeBatch();
    const hold = options.hold();
    if (!isSomethingLeft() && isDeepStrictEqual(hold, held)) return;
    const ids = takeFirst([alone, together], MOST_ROWS_AT_ONCE);
    const changed = ids.flatMap((id) => options.read(id) ?? []);
    const removed = [...gone];
    gone.clear();
    held = hold;
    order += 1;
    options.tell({ order, changed, removed, totals: options.totals(), hold });
  }

  async function run(): Promise<void> {
    running = true;
    do {
      await options.clock.sleep(BATCH_EVERY_MS, closing.signal);
      if (!closing.signal.aborted) tellBatch();
    } while (!closing.signal.aborted && (isSomethingLeft() || options.isBusy()));
    running = false;
  }

  function wake(): void {
    if (!running && !closing.signal.aborted) void run();
  }

  return {
    changed(id, withOthers) {
      if (alone.has(id)) return;
      if (withOthers) together.add(id);
      else {
        together.delete(id);
        alone.add(id);
      }
      wake();
    },
    removed(id) {
      alone.delete(id);
      together.delete(id);
      gone.add(id);
      wake();
    },
    wake,
    get order() {
      return order;
    },
    close() {
      closing.abort();
      tellBatch();
    },
  };
}

/** Takes up to `most` ids out of the sets, those of the first set first. */
function takeFirst(sets: readonly Set<number>[], most: number): number[] {
  const taken: number[] = [];
  for (const set of sets) {
    for (const id of set) {
      if (taken.length === most) return taken;
      taken.push(id);
      set.delete(id);
    }
  }
  return taken;
}
