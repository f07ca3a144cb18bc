import type { Hours } from '../../electron/contract/settings.ts';
import { formatTimeOfDay } from './format-date.ts';

/** When downloads may run, to follow "Downloads run ": over midnight it says so, and equal times are the whole day. */
export function hoursText({ from, to }: Hours, locale?: string): string {
  if (from === to) return 'around the clock, because both times are the same';
  const end = formatTimeOfDay(to, locale);
  return `from ${formatTimeOfDay(from, locale)} to ${from < to ? end : `${end} the next day`}`;
}
