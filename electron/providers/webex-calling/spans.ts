/** Spans of time, and how a long one is cut for a service that answers for a few hours at a time. All in UTC. */

/** Milliseconds since 1970, UTC; `to` is no longer part of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The longest window of one request (spec 4.1). */
export const LONGEST_SLICE_MS = 12 * HOUR_MS;
/** Calls that were long or recorded late appear this long after their time (spec 8.9). */
export const OVERLAP_MS = 12 * HOUR_MS;
/** Younger than this, records may still come in (spec 8.9). */
export const SETTLED_AFTER_MS = DAY_MS;
/** No slice is halved below this. */
const SHORTEST_SLICE_MS = 5 * MINUTE_MS;

/** The newest time that may be asked for: the service is five minutes behind, and one is to spare (spec 8.1). */
export const newestAt = (now: number): number => now - 6 * MINUTE_MS;

/** What ends later than this is refused (spec 4.1). */
export const refusedAfter = (now: number): number => now - 5 * MINUTE_MS;

/** The oldest time that may be asked for, with ten minutes to spare (spec 8.1). */
export const oldestAt = (now: number, keptMs: number): number => now - keptMs + 10 * MINUTE_MS;

/** Slices of at most `longest`, oldest first. Together they cover the span exactly once; an empty span has none. */
export function cutSpan({ from, to }: Span, longest = LONGEST_SLICE_MS): Span[] {
  const slices: Span[] = [];
  for (let at = from; at < to; at += longest) slices.push({ from: at, to: Math.min(at + longest, to) });
  return slices;
}

/** Two halves, or null for a slice that is as short as slices get. */
export function halve({ from, to }: Span): [Span, Span] | null {
  if (to - from < 2 * SHORTEST_SLICE_MS) return null;
  const middle = from + Math.floor((to - from) / 2);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

/** `2024-05-01T10:00:00.000Z`: three decimals and a `Z`, as the service wants it (spec 8.2). */
export const toWire = (time: number): string => new Date(time).toISOString();

/** `20240501T100000Z`, for names. Milliseconds are dropped. */
export const toNameStamp = (time: number): string => `${toWire(time).slice(0, 19).replace(/[-:]/g, '')}Z`;
