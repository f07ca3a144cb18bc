import { daysBetween, lastDayOf, monthOf, monthsIn, type Range } from '../contract/calendar.ts';

/** As long as a month can be: shorter periods are asked for in one go. */
const LONGEST_SLICE_DAYS = 31;

/**
 * Cuts a period of days into slices of at most a month, along the months, so that a list that changes while it is
 * read spoils one slice only. Together they cover each day once, in order.
 */
export function splitDays(period: Range): Range[] {
  if (daysBetween(period.from, period.to) < LONGEST_SLICE_DAYS) return [period];
  const months = monthsIn({ from: monthOf(period.from), to: monthOf(period.to) });
  return months.map((month, i) => ({
    from: i === 0 ? period.from : `${month}-01`,
    to: i === months.length - 1 ? period.to : lastDayOf(month),
  }));
}
