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

/** For so long a file is looked for by itself (spec 8.8); later tries look once under each of its names. */
const LOOKED_FOR_MS = 30 * MINUTE_MS;

/** A file that is not there so long after its order is not expected any more: the service has deleted it, or never made it. */
export const GONE_AFTER_MS = DAY_MS;

/** A look for a file that was in vain. */
export interface VainLook {
  /** Looks in vain before this one. */
  readonly polls: number;
  /** Since it was asked for. */
  readonly waitedMs: number;
  /** It has names that it was not looked for under since the last pause without end. */
  readonly namesLeft: boolean;
}

/** The pause before the next look: 30 seconds, then a minute. Null when there is no next one unless it is tried again. */
export function pauseAfter({ polls, waitedMs, namesLeft }: VainLook): number | null {
  if (waitedMs < LOOKED_FOR_MS) return polls === 0 ? 30 * SECOND_MS : MINUTE_MS;
  return namesLeft ? FIRST_POLL_MS : null;
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
