/** The end of one request before its time. Lighter than an `AbortController`, of which a request would need one more. */
export interface Stop {
  readonly stopped: boolean;
  /** Called at once when the request is stopped: whatever it waits for at the moment sets this. */
  whenStopped: (() => void) | null;
  stop(): void;
}

export function createStop(): Stop {
  let stopped = false;
  const made: Stop = {
    get stopped() {
      return stopped;
    },
    whenStopped: null,
    stop() {
      if (stopped) return;
      stopped = true;
      made.whenStopped?.();
    },
  };
  return made;
}

/** Waits for a promise no longer than until the stop, and then rejects. */
export function unlessStopped<T>(promise: Promise<T>, stop: Stop): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new Error('stopped'));
    if (stop.stopped) leave();
    stop.whenStopped = leave;
    promise.then(resolve, reject);
  });
}
