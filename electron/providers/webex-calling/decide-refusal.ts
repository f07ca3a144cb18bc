/** What to do about a slice that the service did not give (spec 6.2). Pure. */
import { type Failure, failure } from '../../contract/failure.ts';
import { saysTooLong, saysTooOld } from './explain-answer.ts';
import type { SliceEnd } from './fetch-slice.ts';
import { type Plan, withHalves, withOldLimit, withShorterSlices } from './plan.ts';
import type { Span } from './spans.ts';

/** How often in a row a slice may be refused for being asked too fast, and otherwise. */
const MOST_SLOW_DOWNS = 6;
const RETRY_MS = [2000, 8000, 32_000] as const;

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
  const { failure: why, said, isFirst } = end;
  const { status = 0, retryAfterMs } = why;
  const fail: RefusalDecision = { kind: 'fail', failure: why };
  if (status === 429) return times > MOST_SLOW_DOWNS ? fail : { kind: 'again', waitMs: null };

  const pause = RETRY_MS[times - 1];
  const retry: RefusalDecision =
    pause === undefined ? fail : { kind: 'again', waitMs: retryAfterMs ?? pause };
  if (status === 504) return replanOr(withHalves(plan, slice), retry);
  if (status === 423 || status >= 500) return retry;
  // A link of the service's own that it knows no more: from the first page on.
  if (!isFirst && (status === 400 || status === 404)) return retry;
  if (status === 400 && saysTooOld(said)) return replanOr(withOldLimit(plan, slice, whole, now), fail);
  if (status === 400 && saysTooLong(said)) return replanOr(withShorterSlices(plan, whole), fail);
  return fail;
}

const replanOr = (plan: Plan | null, otherwise: RefusalDecision): RefusalDecision =>
  plan ? { kind: 'replan', plan } : otherwise;
