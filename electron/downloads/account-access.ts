/** Which accounts can be downloaded with at the moment. */
import type { Failure } from '../contract/failure.ts';
import { needsSignIn } from './retry-policy.ts';
import type { Ended } from './runner.ts';

export interface AccountAccess {
  mayRun(accountKey: string): boolean;
  /** Looks whether a run ended because its service no longer accepts the account. Nothing is tried with it then. */
  note(ended: Ended): void;
  /** To be called when somebody signs in: every account gets another chance. */
  forget(): void;
}

export interface AccountAccessOptions {
  readonly isSignedIn: (accountKey: string) => boolean;
  readonly onLost: (accountKey: string, failure: Failure) => void;
}

export function createAccountAccess({ isSignedIn, onLost }: AccountAccessOptions): AccountAccess {
  const refused = new Set<string>();
  return {
    mayRun: (accountKey) => !refused.has(accountKey) && isSignedIn(accountKey),
    note({ accountKey, end, row }) {
      if (end.kind !== 'failed' || !needsSignIn(end.failure) || row.state !== 'waiting') return;
      refused.add(accountKey);
      onLost(accountKey, end.failure);
    },
    forget: () => refused.clear(),
  };
}
