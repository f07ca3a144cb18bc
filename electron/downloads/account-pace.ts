/** How hard the service of each account may be asked, by what it answered lately. */
import type { Failure } from '../contract/failure.ts';
import type { Clock } from '../lib/clock.ts';

/** A service that can't be reached. */
export interface Unreachable {
  readonly failure: Failure;
  /** Milliseconds since 1970, UTC. */
  readonly nextTryAt: number;
}

export interface AccountPace {
  /** How many files of this account may be under way: `most`, and less after its service has objected. */
  limit(accountKey: string, most: number): number;
  /** Until when nothing of this account is to be started (milliseconds since 1970, UTC); 0 for at once. */
  restsUntil(accountKey: string): number;
  /**
   * The service objected to a request that began at `begunAt`, while `running` were under way, and wants to be left
   * alone for `waitMs`. Halves the limit; requests that were sent before that count once. It grows back by one a
   * minute.
   */
  slowDown(
    accountKey: string,
    objection: { readonly begunAt: number; readonly running: number; readonly waitMs: number },
  ): void;
  /**
   * The service can't be reached, as a request has shown that began at `begunAt`. One download at a time is tried,
   * less and less often; requests that were sent before that count once.
   */
  unreachable(accountKey: string, silence: { readonly begunAt: number; readonly failure: Failure }): void;
  /** The service has answered. True when it could not be reached before. */
  reached(accountKey: string): boolean;
  /** Why nothing of this account is started although it could be. */
  holdOf(accountKey: string): Unreachable | null;
  /** When a limit grows next; null: none will. */
  growsAt(): number | null;
  /** The network came back: services that could not be reached are tried at once. */
  wake(): void;
}

const GROWS_EVERY_MS = 60_000;
const FIRST_TRY_AFTER_MS = 2000;
const TRY_AT_LEAST_EVERY_MS = 60_000;

/** Times are `since` and what is counted from it, so that all of them move when `since` does. */
interface Timed {
  readonly since: number;
  /** For how long nothing is to be started. */
  readonly restMs: number;
}

interface Objection extends Timed {
  /** The limit right after it. */
  readonly limit: number;
  /** What the limit was before it. */
  readonly before: number;
}

interface Silence extends Timed {
  readonly failure: Failure;
}

export function createAccountPace(clock: Clock): AccountPace {
  const objections = new Map<string, Objection>();
  const silences = new Map<string, Silence>();

  /** What lies ahead is from before the computer's clock was set back: it begins anew, now. */
  function current<T extends Timed>(all: Map<string, T>, accountKey: string): T | undefined {
    const found = all.get(accountKey);
    if (!found || found.since <= clock.now()) return found;
    const moved = { ...found, since: clock.now() };
    all.set(accountKey, moved);
    return moved;
  }

  const restOf = (timed: Timed | undefined): number => (timed ? timed.since + timed.restMs : 0);

  const grownSince = (since: number): number => Math.floor((clock.now() - since) / GROWS_EVERY_MS);

  /** Infinite for a service that has not objected, or whose limit has grown back. */
  function limitNow(objection: Objection | undefined): number {
    if (!objection) return Number.POSITIVE_INFINITY;
    const grown = objection.limit + grownSince(objection.since);
    return grown < objection.before ? grown : Number.POSITIVE_INFINITY;
  }

  return {
    limit: (accountKey, most) =>
      silences.has(accountKey) ? 1 : Math.min(most, limitNow(current(objections, accountKey))),

    restsUntil: (accountKey) =>
      Math.max(restOf(current(objections, accountKey)), restOf(current(silences, accountKey))),

    slowDown(accountKey, { begunAt, running, waitMs }) {
      const now = clock.now();
      const last = current(objections, accountKey);
      const restsUntil = Math.max(restOf(last), now + waitMs);
      if (last && begunAt <= last.since) {
        objections.set(accountKey, { ...last, restMs: restsUntil - last.since });
        return;
      }
      const limit = Math.max(1, Math.floor(running / 2));
      // Where one was too many already, it is one for a minute at least.
      const before = Math.max(running, limit + 1, last && limitNow(last) < last.before ? last.before : 0);
      objections.set(accountKey, { limit, before, since: now, restMs: restsUntil - now });
    },

    unreachable(accountKey, { begunAt, failure }) {
      const last = current(silences, accountKey);
      if (last && begunAt <= last.since) return;
      const restMs = Math.min(Math.max(FIRST_TRY_AFTER_MS, (last?.restMs ?? 0) * 2), TRY_AT_LEAST_EVERY_MS);
      silences.set(accountKey, { failure, since: clock.now(), restMs });
    },
    reached: (accountKey) => silences.delete(accountKey),
    holdOf(accountKey) {
      const silence = current(silences, accountKey);
      return silence ? { failure: silence.failure, nextTryAt: restOf(silence) } : null;
    },

    growsAt() {
      const times = [...objections.keys()].flatMap((accountKey) => {
        const objection = current(objections, accountKey);
        if (!objection || !Number.isFinite(limitNow(objection))) return [];
        return objection.since + (grownSince(objection.since) + 1) * GROWS_EVERY_MS;
      });
      return times.length === 0 ? null : Math.min(...times);
    },

    wake() {
      for (const [accountKey, { failure }] of silences) {
        silences.set(accountKey, { failure, since: 0, restMs: 0 });
      }
    },
  };
}
