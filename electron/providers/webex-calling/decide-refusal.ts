/** What to do about a slice that the service did not give (spec 6.2). Pure. */
import { type Failure, failure } from '../../contract/failure.ts';
import { isForeign, namesLongerLimit, saysTooLong, saysTooOld } from './explain-answer.ts';
import type { SliceEnd } from './fetch-slice.ts';
import { askable, type Plan, withHalves, withOldLimit, withShorterSlices } from './plan.ts';
import type { Span } from './spans.ts';

/** How often in a row a slice may be refused for being asked too fast, and otherwise. */
const MOST_SLOW_DOWNS = 6;
const RETRY_MS = [2000, 8000, 32_000] as const;
/** Before a slice is asked for again where something in between has answered, such as a network that wants a sign-in. */
const FOREIGN_MS = [30_000, 120_000, 600_000] as const;

export type RefusalDecision =
  /** Go on with this plan. */
  | { readonly kind: 'replan'; readonly plan: Plan }
  /** Ask again after so many milliseconds; null: when the pace allows it. */
  | { readonly kind: 'again'; readonly waitMs: number | null }
  | { readonly kind: 'fail'; readonly failure: Failure };

export interface RefusedSlice {
  readonly plan: Plan;
  readonly slice: Span;
  readonly end: Exclude<SliceEnd, { readonly kind: 'done' }>;
  /** Slices that are there already. */
  readonly whole: ReadonlySet<Span>;
  /** How often in a row this one was refused, this time included. */
  readonly times: number;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

export function decideRefusal({ plan, slice, end, whole, times, now }: RefusedSlice): RefusalDecision {
  if (end.kind === 'too-much') {
    const endless = failure('unusable-answer', 'records: pages without end');
    return replanOr(withHalves(plan, slice), { kind: 'fail', failure: endless });
  }
  const { failure: why } = end;
  const fail: RefusalDecision = { kind: 'fail', failure: why };
  if (end.kind === 'unreadable' || isForeign(why.status, end.said)) {
    // What took hours is not given up for a page; where nothing is there yet, the person can be told at once.
    const waitMs = whole.size > 0 ? FOREIGN_MS[times - 1] : undefined;
    return waitMs === undefined ? fail : { kind: 'again', waitMs };
  }
  const { said, isFirst } = end;
  const { status = 0, retryAfterMs } = why;
  if (status === 429) return times > MOST_SLOW_DOWNS ? fail : { kind: 'again', waitMs: null };

  const pause = RETRY_MS[times - 1];
  const retry: RefusalDecision =
    pause === undefined ? fail : { kind: 'again', waitMs: retryAfterMs ?? pause };
  if (status === 504) return replanOr(withHalves(plan, slice), retry);
  if (status === 423 || status >= 500) return retry;
  // A link of the service's own that it knows no more: from the first page on.
  if (!isFirst && (status === 400 || status === 404)) return retry;
  // It may just have told its time, which was not known when the slice was cut.
  const fitting = askable(plan, whole, now);
  if (status === 400 && fitting !== plan) return { kind: 'replan', plan: fitting };
  if (status !== 400) return fail;
  // Words may speak of both limits. Shorter slices cost only time, so they are tried first.
  const shorter = saysTooLong(said) ? withShorterSlices(plan, whole) : null;
  const isTooOld = saysTooOld(said) && !namesLongerLimit(said);
  return replanOr(shorter ?? (isTooOld ? withOldLimit(plan, slice, whole, now) : null), fail);
}

const replanOr = (plan: Plan | null, otherwise: RefusalDecision): RefusalDecision =>
  plan ? { kind: 'replan', plan } : otherwise;
