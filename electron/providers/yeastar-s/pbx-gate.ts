/** What all sessions with one PBX share in this program: whose turn it is, and how many sign-ins were refused. */
import { type Failure, failure } from '../../contract/failure.ts';
import { createInTurn, type InTurn } from '../../lib/in-turn.ts';
import { LOCKED_MS } from './errno.ts';

/** The PBX locks this computer out at the fifth; others may be counted with us (spec 8.4). */
const MOST_REFUSED = 3;
/** Of the same name and password: somebody has to look at them first. */
const MOST_SAME = 2;

export interface PbxGate {
  /** One random string with its download at a time. */
  readonly fetchInTurn: InTurn;
  readonly signInInTurn: InTurn;
  /**
   * Why no sign-in may be sent now; null: it may. `who`: what tells one name and password from others. Times in
   * milliseconds since 1970, UTC.
   */
  closed(now: number, who: string): Failure | null;
  refused(now: number, who: string): void;
  locked(now: number): void;
}

export function createPbxGate(): PbxGate {
  let refusals: readonly { readonly time: number; readonly who: string }[] = [];
  let lockedAt: number | null = null;
  const leftOf = (time: number, now: number) => time + LOCKED_MS - now;
  /** More is left only when the computer's clock was set back; nobody waits for that. */
  const isRecent = (time: number, now: number) => leftOf(time, now) > 0 && time <= now;

  return {
    fetchInTurn: createInTurn(),
    signInInTurn: createInTurn(),
    closed(now, who) {
      refusals = refusals.filter(({ time }) => isRecent(time, now));
      const [oldest] = refusals.slice(-MOST_REFUSED);
      const since = lockedAt !== null && isRecent(lockedAt, now) ? lockedAt : null;
      if (since !== null) return shut('the PBX has locked them', leftOf(since, now));
      if (oldest !== undefined && refusals.length >= MOST_REFUSED) {
        return shut(`${MOST_REFUSED} were refused`, leftOf(oldest.time, now));
      }
      return refusals.filter((one) => one.who === who).length < MOST_SAME ? null : refusedBefore;
    },
    refused(now, who) {
      refusals = [...refusals, { time: now, who }];
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
