/** Lets everything else that waits have its turn: timers, sockets, the calls of other processes. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Does long work in slices of at most `size` items, each in a turn of the event loop of its own, so that it holds up
 * nothing else. Begins no other slice once `signal` is aborted. Rejects with what `work` throws.
 */
export async function inSlices<T>(
  items: readonly T[],
  size: number,
  work: (slice: readonly T[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (let at = 0; at < items.length; at += size) {
    await nextTurn();
    if (signal?.aborted) return;
    work(items.slice(at, at + size));
  }
}
