/** What is to be read for one file, and how far that is. Kept in the file's journal, so that a restart goes on with it. */
import { z } from 'zod';
import type { DownloadNote } from '../../contract/download.ts';
import { KEPT_DAYS } from './declaration.ts';
import {
  cutSpan,
  DAY_MS,
  halve,
  LONGEST_SLICE_MS,
  newestAt,
  OVERLAP_MS,
  oldestAt,
  refusedAfter,
  SETTLED_AFTER_MS,
  type Span,
} from './spans.ts';
import { parseJson } from './wire.ts';

/** How far back an older service goes (spec 4.1). */
const OLD_LIMIT_MS = 2 * DAY_MS;

const spanSchema = z.object({ from: z.number(), to: z.number() });
/** Of an account's pace, as `pace.ts` has it. */
const paceSchema = z.object({
  askedAt: z.number(),
  strictUntil: z.number(),
  blockedUntil: z.number().catch(0),
});
const planSchema = z.object({
  version: z.literal(1),
  /** What it was made for; absent in a plan that was noted before this was. */
  span: spanSchema.optional(),
  /** The slices after this time are the overlap. */
  ownUntil: z.number(),
  slices: z.array(spanSchema),
  /** The keys of the records so far, each in its first spelling. */
  keys: z.array(z.string()),
  isProvisional: z.boolean(),
  isTooOldLeftOut: z.boolean(),
  /** How far back the service goes. */
  keptMs: z.number(),
  /** The service has refused windows of the usual length. */
  isShrunk: z.boolean(),
  /** Which of the locations that were asked for no record has had so far. */
  unseen: z.array(z.string()).catch([]),
  /** When the service was last asked, and until when it wants to be asked rarely. */
  pace: paceSchema,
});

export type Plan = Readonly<z.infer<typeof planSchema>>;

/** The pace that is kept with an account; null where there is none. */
export function readPace(kept: string | undefined): Plan['pace'] | null {
  const read = kept === undefined ? null : paceSchema.safeParse(parseJson(kept));
  return read?.success ? read.data : null;
}

/** Null where there is none, or one of another version. */
export function readPlan(notes: string | null): Plan | null {
  const read = notes === null ? null : planSchema.safeParse(parseJson(notes));
  return read?.success ? read.data : null;
}

/** The slices of the span, oldest first, then those of the time after it in which its late records appear. */
export function createPlan(
  { locations, ...span }: Span & { readonly locations: readonly string[] },
  now: number,
): Plan {
  const ownUntil = Math.min(span.to, newestAt(now));
  return {
    version: 1,
    span: { from: span.from, to: span.to },
    ownUntil,
    slices: [
      ...cutSpan({ from: span.from, to: ownUntil }),
      ...cutSpan({ from: ownUntil, to: Math.min(span.to + OVERLAP_MS, newestAt(now)) }),
    ],
    keys: [],
    isProvisional: span.to > now - SETTLED_AFTER_MS,
    isTooOldLeftOut: false,
    keptMs: KEPT_DAYS * DAY_MS,
    isShrunk: false,
    unseen: [...locations],
    pace: { askedAt: 0, strictUntil: 0, blockedUntil: 0 },
  };
}

/** True unless the file was found again with another end since, as a day or month that was not over then. */
export const isPlanOf = ({ span }: Plan, wanted: Span): boolean =>
  span === undefined || (span.from === wanted.from && span.to === wanted.to);

/** True for a slice of the file's own span. */
export const isOwnSlice = (plan: Plan, slice: Span): boolean => slice.from < plan.ownUntil;

/**
 * The plan without what the service refuses at this time: what has become too old for it, and what lies in its future, as
 * planned by a clock that was ahead. The same plan where nothing does. `now` must be the service's time. `whole`: slices
 * that are there already.
 */
export function askable(plan: Plan, whole: ReadonlySet<Span>, now: number): Plan {
  const fitting = withoutFuture(withoutTooOld(plan, whole, now), whole, now);
  const isYoung = plan.span !== undefined && plan.span.to > now - SETTLED_AFTER_MS;
  return isYoung && !fitting.isProvisional ? { ...fitting, isProvisional: true } : fitting;
}

function withoutFuture(plan: Plan, whole: ReadonlySet<Span>, now: number): Plan {
  const newest = newestAt(now);
  const isAhead = (slice: Span) => !whole.has(slice) && slice.to > refusedAfter(now);
  if (!plan.slices.some(isAhead)) return plan;
  const slices = plan.slices.flatMap((slice) => {
    if (!isAhead(slice)) return [slice];
    return slice.from < newest ? [{ from: slice.from, to: newest }] : [];
  });
  return { ...plan, slices, isProvisional: true };
}

/**
 * The plan without what has become too old to be asked for, in its beginning or while it waited; the same plan where
 * nothing has. `whole`: slices that are there already.
 */
function withoutTooOld(plan: Plan, whole: ReadonlySet<Span>, now: number): Plan {
  const oldest = oldestAt(now, plan.keptMs);
  if (plan.slices.every((slice) => whole.has(slice) || slice.from >= oldest)) return plan;
  const slices = plan.slices.flatMap((slice) => {
    if (whole.has(slice) || slice.from >= oldest) return [slice];
    return slice.to > oldest ? [{ from: oldest, to: slice.to }] : [];
  });
  return { ...plan, slices, isTooOldLeftOut: true };
}

/** For a service that goes back two days only; null when that is known already, or would not help with this slice. */
export function withOldLimit(plan: Plan, slice: Span, whole: ReadonlySet<Span>, now: number): Plan | null {
  if (plan.keptMs === OLD_LIMIT_MS || slice.from >= oldestAt(now, OLD_LIMIT_MS)) return null;
  return withoutTooOld({ ...plan, keptMs: OLD_LIMIT_MS }, whole, now);
}

/** For a service that answers for half as long at a time; null when that was tried. */
export function withShorterSlices(plan: Plan, whole: ReadonlySet<Span>): Plan | null {
  if (plan.isShrunk) return null;
  const cut = (slice: Span) => (whole.has(slice) ? [slice] : cutSpan(slice, LONGEST_SLICE_MS / 2));
  return { ...plan, slices: plan.slices.flatMap(cut), isShrunk: true };
}

/** With two halves in the place of a slice that was too much for one answer; null when it is too short for that. */
export function withHalves(plan: Plan, slice: Span): Plan | null {
  const halves = halve(slice);
  return halves && { ...plan, slices: plan.slices.flatMap((one) => (one === slice ? halves : [one])) };
}

/** What a person should know of the file. */
export const notesOf = (plan: Plan): DownloadNote[] => [
  'rows-are-legs',
  ...(plan.isProvisional ? (['provisional'] as const) : []),
  ...(plan.isTooOldLeftOut ? (['too-old-left-out'] as const) : []),
  ...(plan.unseen.length > 0 ? [{ unseen: plan.unseen }] : []),
];
