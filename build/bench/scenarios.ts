import type { WorkName } from './work.ts';

export const wayNames = ['plain', 'delay', 'tls', 'tls-delay'] as const;
/** How the files are served. */
export type Way = (typeof wayNames)[number];

/** One table of the result. */
export interface Scenario {
  readonly work: WorkName;
  readonly way: Way;
}

/** Milliseconds from a request to its answer over a delayed link. */
export const ROUND_TRIP_MS = 40;

export const wayTitles: Readonly<Record<Way, string>> = {
  plain: 'HTTP',
  delay: `HTTP, ${ROUND_TRIP_MS} ms round trip`,
  tls: 'TLS',
  'tls-delay': `TLS, ${ROUND_TRIP_MS} ms round trip`,
};

export const isDelayed = (way: Way): boolean => way === 'delay' || way === 'tls-delay';
export const isSecure = (way: Way): boolean => way === 'tls' || way === 'tls-delay';

/** What a target is set for. */
export const standardScenarios: readonly Scenario[] = [
  { work: 'small', way: 'plain' },
  { work: 'small', way: 'delay' },
  { work: 'large', way: 'plain' },
  { work: 'single', way: 'plain' },
  { work: 'month', way: 'plain' },
  { work: 'month', way: 'delay' },
  { work: 'month', way: 'tls' },
  { work: 'month', way: 'tls-delay' },
];
