import { type Failure, type FailureCode, failure } from '../contract/failure.ts';
import { failed, type Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';

const MOST_TRIES = 3;
const FIRST_WAIT_MS = 1000;
const FIRST_WAIT_AFTER_429_MS = 5000;
/** A person is watching: a longer wait is better left to them. */
const LONGEST_WAIT_MS = 2 * 60_000;

/** What may be gone in a moment. Refusals are not: repeating them changes nothing. */
const passing: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'service-down',
  'too-many-connections',
  'timed-out',
  'connection-lost',
  'connection-refused',
  'host-not-found',
]);

export interface TryAgainOptions {
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Told of each failure that is tried again, and in how many milliseconds. */
  readonly onFailure?: (failure: Failure, waitMs: number) => void;
}

/**
 * Asks up to three times, as long as the failure is one that may pass. Waits as long as the service wants, else 1
 * second (5 after 429) and twice that, each up to a quarter longer by chance so that many do not come back at once.
 */
export async function tryAgain<T>(
  attempt: () => Promise<Result<T>>,
  { clock, random, signal, onFailure }: TryAgainOptions,
): Promise<Result<T>> {
  for (let tries = 1; ; tries++) {
    const result = await attempt();
    if (result.ok || tries >= MOST_TRIES || !passing.has(result.failure.code)) return result;
    const wait = waitMs(result.failure, tries);
    if (wait > LONGEST_WAIT_MS) return result;
    const spread = wait * (1 + random() / 4);
    onFailure?.(result.failure, spread);
    await clock.sleep(spread, signal);
    if (signal.aborted) return failed(failure('cancelled', 'stopped while waiting for the next try'));
  }
}

function waitMs({ code, retryAfterMs }: Failure, tries: number): number {
  const first = code === 'too-many-connections' ? FIRST_WAIT_AFTER_429_MS : FIRST_WAIT_MS;
  return retryAfterMs ?? first * 2 ** (tries - 1);
}
