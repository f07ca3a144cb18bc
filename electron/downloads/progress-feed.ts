/** Gathers what changes and tells it in batches, at most ten a second for the whole queue. */
import type { Download, DownloadChanges, DownloadTotals } from '../contract/download.ts';
import type { Clock } from '../lib/clock.ts';

const BATCH_EVERY_MS = 100;

export interface ProgressFeed {
  changed(id: number): void;
  removed(id: number): void;
  /** Keeps looking for progress while `isBusy` says that there may be some. */
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
  readonly tell: (changes: DownloadChanges) => void;
}

export function createProgressFeed(options: ProgressFeedOptions): ProgressFeed {
  const dirty = new Set<number>();
  const gone = new Set<number>();
  const closing = new AbortController();
  let order = 0;
  let running = false;

  function tellBatch(): void {
    options.beforeBatch();
    if (dirty.size === 0 && gone.size === 0) return;
    const changed = [...dirty].flatMap((id) => options.read(id) ?? []);
    const removed = [...gone];
    dirty.clear();
    gone.clear();
    order += 1;
    options.tell({ order, changed, removed, totals: options.totals() });
  }

  async function run(): Promise<void> {
    running = true;
    while (!closing.signal.aborted && (dirty.size > 0 || gone.size > 0 || options.isBusy())) {
      await options.clock.sleep(BATCH_EVERY_MS, closing.signal);
      if (!closing.signal.aborted) tellBatch();
    }
    running = false;
  }

  function wake(): void {
    if (!running && !closing.signal.aborted) void run();
  }

  return {
    changed(id) {
      dirty.add(id);
      wake();
    },
    removed(id) {
      dirty.delete(id);
      gone.add(id);
      wake();
    },
    wake,
    get order() {
      return order;
    },
    close() {
      tellBatch();
      closing.abort();
    },
  };
}
