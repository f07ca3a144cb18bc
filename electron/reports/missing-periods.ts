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

/** The day or month that a file stands for, or null. */
type Reading = (file: FoundFile) => string | null;

const createdDay: Reading = (file) =>
  file.createdOn && new Date(file.createdOn.time).toISOString().slice(0, 10);

/**
 * Services do not say by which date they list: the one in the name or the day of creation. A monthly file is
 * created in the month after the one it is about.
 */
const readings = {
  day: [(file: FoundFile) => (isDay(file.nameDate ?? '') ? file.nameDate : null), createdDay],
  month: [
    (file: FoundFile) => (isMonth(file.nameDate ?? '') ? file.nameDate : null),
    (file: FoundFile) => {
      const day = createdDay(file);
      return day && addMonths(monthOf(day), -1);
    },
  ],
} as const satisfies Record<'day' | 'month', readonly [Reading, Reading]>;

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
  const [byName, byCreation] = readings[period.unit];
  const isInside = (date: string | null) => date !== null && period.from <= date && date <= period.to;
  const inside = (reading: Reading) => files.filter((file) => isInside(reading(file))).length;
  const reading = inside(byCreation) > inside(byName) ? byCreation : byName;
  const there = new Set(files.map(reading));
  return asked.filter((date) => date <= latest && !there.has(date));
}
