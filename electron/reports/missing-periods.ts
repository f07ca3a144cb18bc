import {
  addDays,
  addMonths,
  type Day,
  daysIn,
  isDay,
  isMonth,
  monthOf,
  monthsIn,
  type Range,
} from '../contract/calendar.ts';
import type { FoundFile } from '../contract/report.ts';

/** How many files stand for each day or month. */
type Tally = ReadonlyMap<string, number>;

const DAY_MS = 86_400_000;

/** Many files share a date, so each date is read once. `read`: null for one that says nothing. */
function tally<K>(keys: readonly (K | null)[], read: (key: K) => string | null): Tally {
  const files = new Map<K, number>();
  for (const key of keys) if (key !== null) files.set(key, (files.get(key) ?? 0) + 1);
  const periods = new Map<string, number>();
  for (const [key, count] of files) {
    const period = read(key);
    if (period !== null) periods.set(period, (periods.get(period) ?? 0) + count);
  }
  return periods;
}

const byName = (files: readonly FoundFile[], isPeriod: (text: string) => boolean): Tally =>
  tally(
    files.map(({ nameDate }) => nameDate),
    (date) => (isPeriod(date) ? date : null),
  );

const byCreation = (files: readonly FoundFile[], periodOf: (day: Day) => string): Tally =>
  tally(
    files.map(({ createdOn }) => createdOn && Math.floor(createdOn.time / DAY_MS)),
    (number) => periodOf(new Date(number * DAY_MS).toISOString().slice(0, 10)),
  );

/**
 * Services do not say by which date they list: the one in the name or the day of creation. A monthly file is
 * created in the month after the one it is about.
 */
const readings = {
  day: (files: readonly FoundFile[]) => [byName(files, isDay), byCreation(files, (day) => day)] as const,
  month: (files: readonly FoundFile[]) =>
    [byName(files, isMonth), byCreation(files, (day) => addMonths(monthOf(day), -1))] as const,
};

/**
 * The days or months of `period` that no file stands for, in order. Files are read by their name or by their
 * creation, whichever puts more of them inside the period; by their name when both do alike. What cannot be there
 * yet is not missing: days from `today` (UTC) on, and its month.
 */
export function missingPeriods(
  period: Range & { readonly unit: 'day' | 'month' },
  files: readonly FoundFile[],
  today: Day,
): string[] {
  const [asked, latest] =
    period.unit === 'day'
      ? [daysIn(period), addDays(today, -1)]
      : [monthsIn(period), addMonths(monthOf(today), -1)];
  const [named, created] = readings[period.unit](files);
  const isInside = (date: string) => period.from <= date && date <= period.to;
  const inside = (dates: Tally) => {
    let count = 0;
    for (const [date, ofDate] of dates) if (isInside(date)) count += ofDate;
    return count;
  };
  const there = inside(created) > inside(named) ? created : named;
  return asked.filter((date) => date <= latest && !there.has(date));
}
