/** Counts what is left to do of each batch, and says when nothing is. */
import type { Batch, BatchStore } from './batch-store.ts';

export interface BatchesOptions {
  readonly store: Pick<BatchStore, 'batchWithManifest' | 'batchesToEnd' | 'endBatch'>;
  /** Whoever rejects is told again after the next start. */
  readonly onEnd: (batch: Batch) => Promise<void> | void;
  readonly onBug: (error: unknown) => void;
}

export interface Batches {
  /** A row that is unfinished came to a batch, or left it or finished. */
  move(from: number | null, to: number | null): void;
  /** Tells of the batches that came to their end without anybody hearing of it. To be called once all is counted. */
  tellMissed(): void;
  /** Resolves when everybody who was told of an end is done with it. */
  idle(): Promise<void>;
}

export function createBatches({ store, onEnd, onBug }: BatchesOptions): Batches {
  const left = new Map<number, number>();
  const telling = new Set<Promise<void>>();

  async function tell(id: number): Promise<void> {
    const batch = store.batchWithManifest(id);
    if (!batch) return;
    await onEnd(batch);
    if (!left.has(id)) store.endBatch(id);
  }

  function end(id: number): void {
    const told = tell(id)
      .catch(onBug)
      .finally(() => telling.delete(told));
    telling.add(told);
  }

  return {
    move(from, to) {
      if (to !== null) left.set(to, (left.get(to) ?? 0) + 1);
      if (from === null) return;
      const count = (left.get(from) ?? 0) - 1;
      if (count > 0) left.set(from, count);
      else left.delete(from);
      if (count === 0) end(from);
    },
    tellMissed() {
      for (const id of store.batchesToEnd()) if (!left.has(id)) end(id);
    },
    async idle() {
      while (telling.size > 0) await Promise.all(telling);
    },
  };
}
