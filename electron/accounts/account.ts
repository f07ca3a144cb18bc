import type { Failure } from '../contract/failure.ts';
import type { HttpClient } from '../network/http.ts';
import type { Provider, Session } from '../providers/provider.ts';

/** Somebody who is signed in. */
export interface Account {
  /** Tells accounts apart in the queue and the history: provider, server and account name. Nothing secret. */
  readonly key: string;
  readonly provider: Provider;
  readonly name: string;
  readonly serverAddress: string;
  readonly demo: boolean;
  readonly session: Session;
  readonly http: HttpClient;
  /** Whether the password is kept on this computer; `notKept` says why not when it should be. */
  readonly kept: boolean;
  readonly notKept: Failure | null;
}

/** The key of a sample account is the same at every start, though its server has another port each time. */
export const sampleKey = (provider: string): string => `demo|${provider}`;

/**
 * Where the command line keeps what a service gave in place of a secret from standard input: apart from what the window
 * keeps for the account, which somebody else may have typed.
 */
export const newestSecretsKey = (accountKey: string): string => `newest|${accountKey}`;

export const accountKey = (provider: string, serverAddress: string, name: string): string =>
  [provider, serverAddress, name].join('|');
