/** What all sessions with one PBX share: whose turn it is, and how many sign-ins were refused. */
import { randomUUID } from 'node:crypto';
import { type Failure, failure } from '../../contract/failure.ts';
import { createInTurn, type InTurn } from '../../lib/in-turn.ts';
import { LOCKED_MS } from './errno.ts';
import { noRefusals, type RefusalFile, type Refusals } from './refusal-file.ts';

/** The PBX locks this computer out at the fifth; others may be counted with us (spec 8.4). */
const MOST_REFUSED = 3;
/** Of the same name and password: somebody has to look at them first. */
const MOST_SAME = 2;

export interface PbxGate {
  /** One random string with its download at a time. */
  readonly fetchInTurn: InTurn;
  /** One sign-in at a time, over all programs, with what all of them have counted. Null: stopped before its turn. */
  signInInTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | null>;
  /**
   * Why no sign-in may be sent now; null: it may. `who`: what tells one name and password from others. Times in
   * milliseconds since 1970, UTC.
   */
  closed(now: number, who: string): Failure | null;
  refused(now: number, who: string): void;
  locked(now: number): void;
}

/** `file`: what other programs have counted; null: nobody tells. */
export function createPbxGate(file: RefusalFile | null = null): PbxGate {
  let { refused, lockedAt }: Refusals = noRefusals;
  const inTurn = createInTurn();
  const leftOf = (time: number, now: number) => time + LOCKED_MS - now;

  /** Where the computer's clock was set back, what lies ahead begins anew now: it must not wait for the clock. */
  function settle(now: number): void {
    refused = refused
      .map((one) => ({ ...one, time: Math.min(one.time, now) }))
      .filter(({ time }) => leftOf(time, now) > 0);
    lockedAt = lockedAt === null ? null : Math.min(lockedAt, now);
    if (lockedAt !== null && leftOf(lockedAt, now) <= 0) lockedAt = null;
  }

  /** What could not be kept before stands beside what was. */
  function add(kept: Refusals): void {
    refused = [...new Map([...kept.refused, ...refused].map((one) => [one.id, one])).values()];
    refused = refused.sort((one, other) => one.time - other.time);
    if (kept.lockedAt !== null) lockedAt = Math.max(kept.lockedAt, lockedAt ?? kept.lockedAt);
  }

  return {
    fetchInTurn: createInTurn(),

    signInInTurn: (signal, work) =>
      inTurn(async () => {
        if (!file) return work();
        const held = await file.hold(signal);
        if (!held) return null;
        try {
          const kept = await held.read();
          add(kept);
          const result = await work();
          const now = { refused, lockedAt };
          if (JSON.stringify(now) !== JSON.stringify(kept)) await held.write(now);
          return result;
        } finally {
          held.release();
        }
      }),

    closed(now, who) {
      settle(now);
      const [oldest] = refused.slice(-MOST_REFUSED);
      if (lockedAt !== null) return shut('the PBX has locked them', leftOf(lockedAt, now));
      if (oldest !== undefined && refused.length >= MOST_REFUSED) {
        return shut(`${MOST_REFUSED} were refused`, leftOf(oldest.time, now));
      }
      return refused.filter((one) => one.who === who).length < MOST_SAME ? null : refusedBefore;
    },
    refused(now, who) {
      refused = [...refused, { id: randomUUID(), time: now, who }];
    },
    locked(now) {
      lockedAt = now;
    },
  };
}

const refusedBefore = failure(
  'sign-in-refused',
  `login: not sent, the same name and password were refused ${MOST_SAME} times within ten minutes`,
);

const shut = (why: string, retryAfterMs: number): Failure =>
  failure('sign-in-locked', `login: not sent, ${why} within ten minutes`, { retryAfterMs });
