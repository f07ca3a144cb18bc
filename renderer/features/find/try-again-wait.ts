import type { FailureCode } from '../../../electron/contract/failure.ts';

const MINUTE_MS = 60_000;
const LONGEST_MINUTES = 30;
const minutes = [5, 10, 20] as const;

/** True for answers that are no error: the service has not made the report yet. */
export const isNotReady = (code: FailureCode): boolean => code === 'not-ready' || code === 'being-prepared';

/**
 * Milliseconds to wait after the service said `answers` times (from 1) that it is not ready: 5, 10, 20, then 30
 * minutes, or longer where the service asked for it.
 */
export const waitBeforeNextTry = (answers: number, retryAfterMs = 0): number =>
  Math.max((minutes[answers - 1] ?? LONGEST_MINUTES) * MINUTE_MS, retryAfterMs);
