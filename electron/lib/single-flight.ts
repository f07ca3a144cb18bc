export interface SingleFlight<T> {
  /**
   * Answers with the result of the work that is under way, or begins it. Answers null at once when `signal` is
   * aborted: that caller leaves, the others keep waiting. The work itself is aborted when nobody waits any more.
   */
  join(signal?: AbortSignal): Promise<T | null>;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Work that is done once at a time, however many ask for it. `T` must not include null. */
export function createSingleFlight<T>(work: (signal: AbortSignal) => Promise<T>): SingleFlight<T> {
  let current: Flight<T> | null = null;

  /** Work that was aborted may take a moment to end; the next begins after it, so that two never overlap. */
  function begin(previous: Flight<T> | null): Flight<T> {
    const controller = new AbortController();
    const before = previous ? previous.result.catch(() => null) : Promise.resolve(null);
    const flight: Flight<T> = { controller, waiting: 0, result: before.then(() => work(controller.signal)) };
    const land = () => {
      if (current === flight) current = null;
    };
    flight.result.then(land, land);
    return flight;
  }

  return {
    join(signal) {
      if (signal?.aborted) return Promise.resolve(null);
      if (!current || current.controller.signal.aborted) current = begin(current);
      const flight = current;
      flight.waiting += 1;
      return new Promise((resolve, reject) => {
        const leave = () => {
          flight.waiting -= 1;
          if (flight.waiting === 0) flight.controller.abort();
          resolve(null);
        };
        const stay = () => signal?.removeEventListener('abort', leave);
        signal?.addEventListener('abort', leave, { once: true });
        flight.result.finally(stay).then(resolve, reject);
      });
    },
  };
}
