/**
 * What to do after a failed attempt. Retries are few and spaced, because the service may count every one.
 *
 * | rule       | failures                                               | tries                                   |
 * |------------|--------------------------------------------------------|-----------------------------------------|
 * | never      | refusals that stay so, what the disk says, bugs        | none                                    |
 * | signIn     | no access, another certificate than the trusted one    | when somebody signs in                  |
 * | passing    | network breaks, 5xx, a transport that was closed       | 3: about 2, 8 and 32 s later            |
 * | slowDown   | 429                                                    | 5: `Retry-After`, else 5, 10, 20 ... s  |
 * | preparing  | the file is not there yet, or may not be               | 3: 5, 15 and 30 min later               |
 * | making     | the file is being made, as it should be                | no end: when its provider says          |
 * | mismatch   | the bytes are not the announced ones                   | 1: at once, the whole file              |
 * | room       | no room on the disk for the file                       | 5: 0.5 to 10 min later                  |
 * | staleLink  | 404, TLS                                               | 1: at once, with a fresh link           |
 * | staleHost  | the link's host cannot be reached                      | as staleLink, then as passing           |
 *
 * Each step of a file that is being made has the whole number of tries: those of the steps before say nothing of it.
 *
 * A service that says `Retry-After` is not asked earlier, up to half an hour. One that can't be reached at all, for a
 * token or a list, costs no try: its account waits until it answers (account-pace.ts).
 */
import type { Failure, FailureCode } from '../contract/failure.ts';

/** Retries that have their own count. */
export const retryKinds = ['passing', 'slowDown', 'preparing', 'mismatch', 'room', 'staleLink'] as const;
export type RetryKind = (typeof retryKinds)[number];
/** How often each kind was tried since a person last asked for the file. Absent: never. */
export type Tries = Readonly<Partial<Record<RetryKind, number>>>;

export type RetryDecision =
  | { readonly kind: 'wait'; readonly ms: number; readonly tries: Tries }
  | { readonly kind: 'find-again'; readonly tries: Tries }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'stop' };

type Rule = 'never' | 'signIn' | 'staleHost' | 'making' | RetryKind;

const MINUTE_MS = 60_000;
/** A service that asks for more is asked again after this. */
const LONGEST_ASKED_MS = 30 * MINUTE_MS;

/** Between two steps of a file that is being made. */
const LEAST_STEP_MS = 100;

/** Milliseconds to wait before each retry of a kind, before chance has its part. */
const waits: Record<RetryKind, readonly number[]> = {
  passing: [2000, 8000, 32_000],
  slowDown: [5000, 10_000, 20_000, 40_000, 80_000],
  preparing: [5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS],
  mismatch: [0],
  room: [MINUTE_MS / 2, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS],
  staleLink: [0],
};

const rules: Record<FailureCode, Rule> = {
  'sign-in-refused': 'signIn',
  'signed-out': 'signIn',
  'access-lost': 'signIn',
  'no-secure-storage': 'never',
  'nothing-kept': 'signIn',
  'sign-in-locked': 'signIn',
  'consent-refused': 'signIn',
  'unknown-time-zone': 'signIn',
  'bad-address': 'never',
  'being-prepared': 'preparing',
  expired: 'never',
  'attempts-used-up': 'never',
  'not-available': 'preparing',
  'bad-request': 'never',
  'not-ready': 'preparing',
  'being-made': 'making',
  'too-many-connections': 'slowDown',
  'not-found': 'staleLink',
  'service-down': 'passing',
  'service-refused': 'never',
  'not-allowed': 'never',
  'no-such-extension': 'never',
  'not-supported': 'never',
  'no-data': 'never',
  'unexpected-status': 'never',
  'html-answer': 'never',
  'empty-answer': 'mismatch',
  'broken-json': 'never',
  'unusable-answer': 'never',
  'connection-refused': 'staleHost',
  'host-not-found': 'staleHost',
  'tls-failed': 'staleLink',
  'certificate-unknown': 'staleLink',
  'certificate-changed': 'signIn',
  'not-a-certificate': 'never',
  'timed-out': 'passing',
  'connection-lost': 'passing',
  'keeps-breaking': 'never',
  'order-lost': 'never',
  'not-made-yet': 'preparing',
  'made-file-gone': 'never',
  'untrusted-host': 'never',
  'too-many-redirects': 'never',
  'no-link': 'never',
  'wrong-size': 'mismatch',
  'wrong-checksum': 'mismatch',
  'checksum-disagrees': 'never',
  'not-a-file': 'never',
  'no-room': 'room',
  'disk-full': 'never',
  'no-permission': 'never',
  'folder-missing': 'never',
  'file-missing': 'never',
  'file-busy': 'never',
  'not-a-manifest': 'never',
  'disk-error': 'never',
  'bad-criteria': 'never',
  'listing-gone': 'never',
  'bad-input': 'never',
  'untrusted-sender': 'never',
  'in-use': 'never',
  cancelled: 'passing',
  unexpected: 'never',
};

/** True for a failure that ends the account's work until somebody signs in. */
export const needsSignIn = (failure: Failure): boolean => rules[failure.code] === 'signIn';

/** Milliseconds for which the service wants to be left alone, as far as that is granted; 0 where it does not say. */
export const askedToWait = ({ retryAfterMs = 0 }: Failure): number =>
  Math.min(retryAfterMs, LONGEST_ASKED_MS);

/** `random` is from 0 up to 1: waits are shortened by up to half of it, so that many do not come back at once. */
export function decideRetry(failure: Failure, tries: Tries, random: number): RetryDecision {
  const rule = rules[failure.code];
  if (rule === 'never') return { kind: 'stop' };
  if (rule === 'signIn') return { kind: 'sign-in' };
  if (rule === 'making') {
    const ms = Math.max(askedToWait(failure), LEAST_STEP_MS);
    return { kind: 'wait', ms, tries: failure.progress?.advanced ? {} : tries };
  }
  const kind = rule !== 'staleHost' ? rule : tries.staleLink ? 'passing' : 'staleLink';
  const done = tries[kind] ?? 0;
  const wait = waits[kind][done];
  if (wait === undefined) return { kind: 'stop' };
  const counted = { ...tries, [kind]: done + 1 };
  if (kind === 'staleLink') return { kind: 'find-again', tries: counted };
  const spread = kind === 'preparing' || kind === 'room' ? wait : wait * (1 - random / 2);
  return { kind: 'wait', ms: Math.round(Math.max(spread, askedToWait(failure))), tries: counted };
}
