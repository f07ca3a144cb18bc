/** When to ask again. Milliseconds. */
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** After a request to make a file whose answer was lost (spec 8.10). */
export const LOST_ANSWER_MS = 5 * MINUTE_MS;

/** Each order whose answer was lost may be a file that nobody fetches, so there are no more of them unasked. */
export const MOST_ORDERS = 3;

/** For the answer to a request to make a file: the service may gather the records before it answers. */
export const ORDER_TIMEOUT_MS = 3 * MINUTE_MS;

/** Between a request to make a file and the first look for it. */
export const FIRST_POLL_MS = 15 * SECOND_MS;

/** As many looks as it takes to try every name that a file may have. */
const EVERY_NAME = 5;

/**
 * The pause before a file is looked for again, `waitedMs` after it was first looked for: 30 seconds, then a minute (spec
 * 8.8), after half an hour ten minutes. Null after a day: it is not expected any more, unless it still has a name that
 * was not tried. `polls`: looks in vain before this one.
 */
export function pauseAfter(polls: number, waitedMs: number): number | null {
  if (polls === 0) return 30 * SECOND_MS;
  if (waitedMs >= DAY_MS && polls + 1 >= EVERY_NAME) return null;
  return waitedMs >= 30 * MINUTE_MS && polls + 1 >= EVERY_NAME ? 10 * MINUTE_MS : MINUTE_MS;
}

/** Pauses for a service that wants fewer requests: 1, 2, 5, then 10 minutes (spec 6.3). */
export function createBusyPauses() {
  const pauses = [1, 2, 5, 10];
  let refused = 0;
  return {
    /** The service refused one more request. */
    next(): number {
      const minutes = pauses[refused] ?? 10;
      refused += 1;
      return minutes * MINUTE_MS;
    },
    /** It dealt with a request. */
    over(): void {
      refused = 0;
    },
  };
}
