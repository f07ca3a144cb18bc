import type { Clock } from '../../lib/clock.ts';
import { type Answer, jsonAnswer } from '../answer.ts';
import { type Leg, timeOf } from './sample-legs.ts';
import { refusal } from './webex-answer.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What the service limits. Times in milliseconds. */
export interface FeedLimits {
  readonly windowMs: number;
  readonly keptMs: number;
  /** From one first request to the next, and pages in a minute; null: no limit. */
  readonly rates: { readonly firstMs: number; readonly pagesAMinute: number } | null;
  /** Records on a page where nothing else is asked for. */
  readonly pageSize: number;
}

export const usualLimits: FeedLimits = {
  windowMs: 12 * HOUR_MS,
  keptMs: 30 * 24 * HOUR_MS,
  rates: { firstMs: MINUTE_MS, pagesAMinute: 10 },
  pageSize: 5000,
};

export interface FeedOptions {
  readonly clock: Clock;
  readonly limits: FeedLimits;
  /** The legs by whose `filterBy` time the window goes, both of its ends included. */
  readonly legs: (from: number, to: number) => readonly Leg[];
  /** Records of the page before that each further page repeats. */
  readonly repeats: number;
  /** An empty page comes first, with a link to the next one. */
  readonly emptyFirst: boolean;
}

const wireTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Answers `cdr_feed`, strictly: rates first, then the window, then a page with the odd link to the next one. */
export function createWebexFeed({ clock, limits, legs, repeats, emptyFirst }: FeedOptions) {
  let firstAt = Number.NEGATIVE_INFINITY;
  let pagesAt: number[] = [];

  function tooFast(isFirst: boolean): Answer | null {
    if (!limits.rates) return null;
    const now = clock.now();
    const { firstMs, pagesAMinute } = limits.rates;
    const inSeconds = (ms: number) => ({ 'retry-after': String(Math.ceil(ms / 1000)) });
    if (isFirst) {
      if (now < firstAt + firstMs)
        return refusal(429, 'too many requests', inSeconds(firstAt + firstMs - now));
      firstAt = now;
      return null;
    }
    pagesAt = pagesAt.filter((time) => time > now - MINUTE_MS);
    const [oldest] = pagesAt;
    if (oldest !== undefined && pagesAt.length >= pagesAMinute) {
      return refusal(429, 'too many requests', inSeconds(oldest + MINUTE_MS - now));
    }
    pagesAt.push(now);
    return null;
  }

  function badWindow(start: string, end: string): Answer | null {
    if (!wireTime.test(start) || !wireTime.test(end))
      return refusal(400, 'startTime and endTime must be UTC times');
    const [from, to, now] = [Date.parse(start), Date.parse(end), clock.now()];
    if (!(from < to)) return refusal(400, 'endTime must be later than startTime');
    if (to - from > limits.windowMs) {
      return refusal(
        400,
        `The window between startTime and endTime must not exceed ${limits.windowMs / HOUR_MS} hours`,
      );
    }
    if (from < now - limits.keptMs) {
      return refusal(400, `startTime must not be older than ${limits.keptMs / HOUR_MS} hours`);
    }
    return to > now - 5 * MINUTE_MS
      ? refusal(400, 'endTime must be 5 minutes before the current time')
      : null;
  }

  /** `origin`: where the request came to. */
  return (query: URLSearchParams, origin: string): Answer => {
    const position = Number(query.get('position') ?? 0);
    const isFirst = !query.has('startTimeForNextFetch');
    const names = query.get('locations')?.split(',') ?? [];
    const start = query.get('startTime') ?? '';
    const end = query.get('endTime') ?? '';
    const refused = tooFast(isFirst) ?? badWindow(start, end);
    if (refused) return refused;
    if (names.length > 10) return refusal(400, 'at most 10 locations');
    const all = legs(Date.parse(start), Date.parse(end)).filter(
      (leg) => names.length === 0 || names.includes(String(leg.Location)),
    );
    if (all.length === 0) return refusal(404, 'No CDRs for requested time range and filters');
    const asked = query.has('max')
      ? Math.min(5000, Math.max(500, Number(query.get('max'))))
      : limits.pageSize;
    const isEmpty = emptyFirst && isFirst;
    const reached = isEmpty ? 0 : Math.min(position + Math.min(asked, limits.pageSize), all.length);
    const items = isEmpty ? [] : all.slice(Math.max(0, position - (position > 0 ? repeats : 0)), reached);
    const answer = jsonAnswer(200, { items });
    const [next] = all.slice(reached);
    if (!next) return answer;
    const more = new URLSearchParams(query);
    more.set('startTimeForNextFetch', new Date(timeOf(next, 'Start time')).toISOString());
    more.set('position', String(reached));
    more.set('totalCount', String(all.length));
    more.set('max', String(limits.pageSize));
    more.set('orgId', 'sample');
    // Written as the service writes it: two angle brackets in front, one of them closed at the very end.
    return {
      ...answer,
      headers: { ...answer.headers, link: `<<${origin}/v1/cdr_feed?${more}>;rel="next">` },
    };
  };
}
