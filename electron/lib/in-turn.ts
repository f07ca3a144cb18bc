/** Does work of its own kind one after the other, in the order in which it was asked for. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Work that fails, fails for whoever asked for it; the next in line is done all the same. */
export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

/** Leaves the line when `signal` is aborted before it is its turn: null at once, and `work` is never begun. */
export function inTurnUnlessStopped<T>(
  inTurn: InTurn,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(null);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    inTurn(async () => {
      signal.removeEventListener('abort', leave);
      return signal.aborted ? null : work();
    }).then(resolve, reject);
  });
}
