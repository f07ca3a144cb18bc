import type { Clock } from '../lib/clock.ts';
import type { AccountPace } from './account-pace.ts';
import { askedToWait } from './retry-policy.ts';
import type { Ended } from './runner.ts';

/** Lets an account's pace know what its service made of a run. `others`: runs of the account that are under way. */
export function notePace(
  pace: AccountPace,
  { accountKey, begunAt, end, row }: Ended,
  others: number,
  clock: Clock,
) {
  if (end.kind === 'unreachable') pace.unreachable(accountKey, { begunAt, failure: end.failure });
  if (end.kind === 'failed' && end.failure.code === 'too-many-connections') {
    // A row that is not tried again has no time for it; the service wants its rest all the same.
    const waitMs = Math.max(askedToWait(end.failure), (row.nextTryAt ?? 0) - clock.now());
    pace.slowDown(accountKey, { begunAt, running: others + 1, waitMs });
  }
}
