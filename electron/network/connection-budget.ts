/** Requests of one account that may be under way at the same time, whichever part of the program they serve. */
export interface ConnectionBudget {
  /**
   * A slot, first come first served; the answer gives it back (once; more calls do nothing). Answers null when
   * `signal` is aborted before there was one.
   */
  acquire(signal?: AbortSignal): Promise<(() => void) | null>;
}

export function createConnectionBudget(most = 20): ConnectionBudget {
  let free = most;
  /** In the order of asking. */
  const waiting = new Set<() => void>();

  function slot(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const [next] = waiting;
      if (next) next();
      else free += 1;
    };
  }

  return {
    acquire(signal) {
      if (signal?.aborted) return Promise.resolve(null);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(slot());
      }
      return new Promise((resolve) => {
        const leave = () => {
          waiting.delete(enter);
          resolve(null);
        };
        const enter = () => {
          waiting.delete(enter);
          signal?.removeEventListener('abort', leave);
          resolve(slot());
        };
        waiting.add(enter);
        signal?.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
