import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import { createSingleFlight } from '../lib/single-flight.ts';

/** What opens the service's doors. Kept in memory only. */
export interface Token {
  readonly value: string;
  /** Milliseconds since 1970, UTC. Early enough that a request begun before it is answered while it is valid. */
  readonly expiresAt: number;
}

export interface TokenKeeper {
  /**
   * A token that is valid now; gets one where there is none. However many ask, one sign-in is under way at a
   * time. Failure `cancelled` when `signal` is aborted: the sign-in goes on while somebody else waits for it.
   */
  get(signal: AbortSignal): Promise<Result<Token>>;
  /** The service refused a token of this value: it is dropped, unless there is a newer one already. */
  refused(value: string): void;
  /** Forgets the token, and that the sign-in was refused. */
  reset(): void;
}

export interface TokenKeeperOptions {
  /** Signs in. Failure `sign-in-refused` is remembered: repeating it could lock the account. */
  obtain(signal: AbortSignal): Promise<Result<Token>>;
  readonly clock: Clock;
}

/** Keeps the one token of an account. */
export function createTokenKeeper({ obtain, clock }: TokenKeeperOptions): TokenKeeper {
  let token: Token | null = null;
  let refusal: Failure | null = null;
  /** Counts resets: a sign-in that was under way during one says nothing about what came after. */
  let resets = 0;

  function known(): Result<Token> | null {
    if (refusal) return failed(refusal);
    return token && clock.now() < token.expiresAt ? ok(token) : null;
  }

  const signIn = createSingleFlight(async (signal) => {
    // One that everybody had left may still have brought an answer.
    const answer = known();
    if (answer) return answer;
    const begun = resets;
    const result = await obtain(signal);
    if (begun === resets) {
      if (result.ok) token = result.value;
      else if (result.failure.code === 'sign-in-refused') refusal = result.failure;
    }
    return result;
  });

  return {
    async get(signal) {
      const stopped = failed(failure('cancelled', 'stopped while signing in'));
      return known() ?? (await signIn.join(signal)) ?? stopped;
    },
    refused(value) {
      if (token?.value === value) token = null;
    },
    reset() {
      resets += 1;
      token = null;
      refusal = null;
    },
  };
}
