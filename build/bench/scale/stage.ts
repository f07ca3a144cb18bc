/*
 * What a stage measures, and how it tells. Each stage is a process of its own, so that none inherits memory or
 * compiled code from another.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** How many files, rows and entries the long lists have. */
export const MANY = 100_000;

/** How many months of files they come from; each month is asked for by itself. */
export const MONTHS = 4;

/** How many call records become one CSV, the fewest first; each size in a process of its own. */
export const RECORD_COUNTS = [125_000, 250_000, 500_000, 1_000_000] as const;
export const MOST_RECORDS = 1_000_000;

export const recordsToCsv = (count: number): string =>
  `${count.toLocaleString('en-US')} call records, in pages of 5,000, to CSV`;
export const RECORDS_TO_CSV = recordsToCsv(MOST_RECORDS);
export const RECORDS_BY_RIVAL = 'the same bytes by csv-stringify, from memory';

export const stageFiguresSchema = z.object({
  /** What was done. */
  name: z.string(),
  /** Seconds on the clock; for a kind of search the median of its calls. */
  seconds: z.number(),
  /** Bytes that the process has grown by at its highest since it began; null where that says nothing. */
  memory: z.number().nullable(),
  /** Milliseconds: the longest time that nothing else could have been done. */
  longestBlock: z.number(),
});
export type StageFigures = z.infer<typeof stageFiguresSchema>;

/** What a stage sends to its parent when it is through. */
export const stageMessageSchema = z.array(stageFiguresSchema);

/** Longer than the timer that the delay is measured with. */
const LAST_LOOK_MS = 20;

/** Does `work` and watches the event loop meanwhile. */
export async function watched<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly seconds: number; readonly longestBlock: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // It counts from its own timer's first turn on.
  await sleep(LAST_LOOK_MS);
  const begun = performance.now();
  const value = await work();
  const seconds = (performance.now() - begun) / 1000;
  // What blocked last is counted only when the timer comes to its turn again.
  await sleep(LAST_LOOK_MS);
  delay.disable();
  return { value, seconds, longestBlock: delay.max / 1e6 };
}

/** How much memory the process has come to take at its highest since this was called; bytes. */
export function watchMemory(): () => number {
  const before = process.memoryUsage.rss();
  return () => process.resourceUsage().maxRSS * 1024 - before;
}

/** Tells the parent. */
export function report(figures: readonly StageFigures[]): void {
  process.send?.(figures);
}
