/**
 * How fast the service may be asked (spec 8.5): one first request a minute, further pages at most ten a minute, and after
 * the first 429 one first request in five minutes for the rest of the day.
 */

/** Milliseconds from one request to the next. */
export interface Spacing {
  readonly first: number;
  readonly strict: number;
  readonly page: number;
}

export const serviceSpacing: Spacing = { first: 65_000, strict: 305_000, page: 6000 };
/** A service on this computer has no such limits; a little time lets progress be seen. */
export const localSpacing: Spacing = { first: 250, strict: 250, page: 50 };

/** Where a 429 does not say how long to wait: the first time, and from the second on (spec 6.2). */
const UNSAID_WAITS_MS = [60_000, 300_000] as const;
/** Where it does: a second more, because it counts in whole ones. */
const MARGIN_MS = 1000;

/** What has to outlive the program, so that a new start is not too early. Milliseconds since 1970, UTC. */
export interface PaceState {
  /** When the last first request was sent; 0: never. */
  readonly askedAt: number;
  readonly strictUntil: number;
  /** Until when the service wants to be left alone. */
  readonly blockedUntil: number;
}

/** The service would hardly ask for more; a clock that was set back must not make it for ever. */
const LONGEST_BLOCK_MS = 24 * 3_600_000;

export interface Pace {
  state(): PaceState;
  /** Takes over what another run of the program has noted, where it is newer. Not for what this run has noted. */
  restore(state: PaceState): void;
  /** Milliseconds until a first request may be sent. */
  waitMs(): number;
  /** Milliseconds between two first requests, as things are. */
  spacingMs(): number;
  /** Milliseconds before each further page. */
  readonly pageMs: number;
  /** A first request is being sent. */
  asked(): void;
  /** A request was refused with 429. `retryAfterMs` is what the service asks for. Answers with the wait. */
  refused(retryAfterMs: number | undefined): number;
  /** A request was answered. */
  answered(): void;
}

/** One for an account. `now`: milliseconds since 1970, UTC. */
export function createPace(spacing: Spacing, now: () => number): Pace {
  let askedAt = 0;
  let strictUntil = 0;
  let blockedUntil = 0;
  let refusals = 0;

  const spacingMs = () => (now() < strictUntil ? spacing.strict : spacing.first);
  /** Where the computer's clock was set back, what lies ahead begins anew now: it must not wait for the clock. */
  function settle(): void {
    askedAt = Math.min(askedAt, now());
    strictUntil = Math.min(strictUntil, endOfDay(now()));
    blockedUntil = Math.min(blockedUntil, now() + LONGEST_BLOCK_MS);
  }

  return {
    state: () => ({ askedAt, strictUntil, blockedUntil }),
    restore(state) {
      askedAt = Math.max(askedAt, state.askedAt);
      strictUntil = Math.max(strictUntil, state.strictUntil);
      blockedUntil = Math.max(blockedUntil, state.blockedUntil);
      settle();
    },
    waitMs() {
      settle();
      const next = askedAt === 0 ? 0 : askedAt + spacingMs();
      return Math.max(0, next - now(), blockedUntil - now());
    },
    spacingMs,
    pageMs: spacing.page,
    asked() {
      askedAt = now();
    },
    refused(retryAfterMs) {
      const unsaid = refusals === 0 ? UNSAID_WAITS_MS[0] : UNSAID_WAITS_MS[1];
      const wait = retryAfterMs === undefined ? unsaid : retryAfterMs + MARGIN_MS;
      refusals += 1;
      blockedUntil = now() + wait;
      strictUntil = endOfDay(now());
      return wait;
    },
    answered() {
      refusals = 0;
    },
  };
}

/** The next midnight, UTC. */
const endOfDay = (time: number): number => new Date(time).setUTCHours(24, 0, 0, 0);
