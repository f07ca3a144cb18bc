import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { md5 } from '../seeded.ts';
import { type PbxAnswer, refusal, success } from './pbx-answer.ts';

export interface PbxAccount {
  readonly name: string;
  readonly password: string;
}

const MINUTE_MS = 60_000;
const TOKEN_MS = 30 * MINUTE_MS;
const LOCK_MS = 10 * MINUTE_MS;
const MOST_FAILURES = 5;

export interface PbxAccounts {
  /** `from`: the address that asks; it is the one that is locked. */
  signIn(body: Readonly<Record<string, unknown>>, from: string, portIsNeeded: boolean): PbxAnswer;
  /** Null when the token is good; it is good for another while then. */
  refuse(token: string | null): PbxAnswer | null;
  signOut(token: string | null): void;
  /** Forgets every token, as after a restart of the PBX. */
  forget(): void;
}

/** Who may sign in, the tokens that are out, and the addresses that have failed too often. */
export function createPbxAccounts(account: PbxAccount, clock: Clock): PbxAccounts {
  const goodUntil = new Map<string, number>();
  const failures = new Map<string, { count: number; lockedAt: number | null }>();

  function fail(from: string): PbxAnswer {
    const count = (failures.get(from)?.count ?? 0) + 1;
    failures.set(from, { count, lockedAt: count >= MOST_FAILURES ? clock.now() : null });
    return refusal(20003);
  }

  function isLocked(from: string): boolean {
    const lockedAt = failures.get(from)?.lockedAt ?? null;
    if (lockedAt === null) return false;
    if (clock.now() < lockedAt + LOCK_MS) return true;
    failures.delete(from);
    return false;
  }

  return {
    signIn({ username, password, port }, from, portIsNeeded) {
      if (isLocked(from)) return refusal(20002);
      if (!isText(username) || !isText(password) || (portIsNeeded && !isText(port))) return refusal(10004);
      if (isText(port) && !(/^\d+$/.test(port) && Number(port) <= 65_536)) return refusal(20008);
      if (username !== account.name || password !== md5(account.password)) return fail(from);
      failures.delete(from);
      const token = randomBytes(16).toString('hex');
      goodUntil.set(token, clock.now() + TOKEN_MS);
      return success({ token });
    },
    refuse(token) {
      if (token === null || token === '') return refusal(20005);
      const until = goodUntil.get(token);
      if (until === undefined) return refusal(20004);
      if (clock.now() >= until) return refusal(20006);
      goodUntil.set(token, clock.now() + TOKEN_MS);
      return null;
    },
    signOut(token) {
      if (token !== null) goodUntil.delete(token);
    },
    forget: () => goodUntil.clear(),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
