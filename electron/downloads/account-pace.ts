/** How many files of one account at once, after its service has said that it is too many. */
import type { Clock } from '../lib/clock.ts';

export interface AccountPace {
  /** How many files of this account may be under way, `most` as long as the service had no objection. */
  limit(accountKey: string, most: number): number;
  /** Until when nothing of this account is to be started (milliseconds since 1970, UTC); 0 for at once. */
  restsUntil(accountKey: string): number;
  /**
   * The service objected to a request that began at `begunAt`, while `running` were under way, and wants to be left
   * alone for `waitMs`. Halves the limit for the rest of the run; requests that were sent before that count once.
   */
  slowDown(
    accountKey: string,
    objection: { readonly begunAt: number; readonly running: number; readonly waitMs: number },
  ): void;
}

/** More than any service is granted. */
const LONGEST_WAIT_MS = 60 * 60_000;

interface Pace {
  readonly limit: number;
  readonly since: number;
  readonly restsUntil: number;
}

export function createAccountPace(clock: Clock): AccountPace {
  const paces = new Map<string, Pace>();
  return {
    limit: (accountKey, most) => Math.min(most, paces.get(accountKey)?.limit ?? most),
    restsUntil(accountKey) {
      const until = paces.get(accountKey)?.restsUntil ?? 0;
      // A time further away than any wait is one from before the computer's clock was set back.
      return until - clock.now() > LONGEST_WAIT_MS ? 0 : until;
    },
    slowDown(accountKey, { begunAt, running, waitMs }) {
      const now = clock.now();
      const before = paces.get(accountKey);
      const restsUntil = Math.max(before?.restsUntil ?? 0, now + waitMs);
      if (before && begunAt <= before.since) {
        paces.set(accountKey, { ...before, restsUntil });
      } else {
        paces.set(accountKey, { limit: Math.max(1, Math.floor(running / 2)), since: now, restsUntil });
      }
    },
  };
}
