import { addDays, type Day, localDay, type Month, type Range } from '../../electron/contract/calendar.ts';
import type { Stamp } from '../../electron/contract/report.ts';

const utc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });

const longDay = utc({ day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = utc({ day: 'numeric', month: 'short', year: 'numeric' });
const shortMonth = utc({ month: 'short', year: 'numeric' });
const longMonth = utc({ month: 'long', year: 'numeric' });

const timeOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** `2026-03-17` → `17 March 2026`. The day is a calendar's: no time zone moves it. */
export const formatDay = (day: Day): string => longDay.format(timeOf(day));
/** `2026-03-17` → `17 Mar 2026`. */
export const formatShortDay = (day: Day): string => shortDay.format(timeOf(day));
/** `2026-03` → `March 2026`. */
export const formatMonth = (month: Month): string => longMonth.format(timeOf(`${month}-01`));
/** A day or a month, told apart by its length. */
export const formatDayOrMonth = (text: Day | Month): string =>
  text.length === 7 ? formatMonth(text) : formatDay(text);
/** The same, short: `17 Mar 2026` or `Mar 2026`. */
export const formatShortDayOrMonth = (text: Day | Month): string =>
  text.length === 7 ? shortMonth.format(timeOf(`${text}-01`)) : formatShortDay(text);

/** `1 March 2026 to 31 March 2026`, or the one day or month. */
export const formatPeriod = ({ from, to }: Range): string =>
  from === to ? formatDayOrMonth(from) : `${formatDayOrMonth(from)} to ${formatDayOrMonth(to)}`;

/** The same of a period as it is kept: `2026-03-01/2026-03-31`. */
export function formatKeptPeriod(period: string): string {
  const [from = '', to = from] = period.split('/');
  return formatPeriod({ from, to });
}

/**
 * A service's timestamp by its own day, which is a UTC one: the day that was asked for and the day shown agree
 * everywhere. Malformed ones say `about`, unreadable ones `unknown`.
 */
export function formatStamp(stamp: Stamp | null): string {
  if (stamp === null) return 'unknown';
  return `${stamp.approximate ? 'about ' : ''}${shortDay.format(stamp.time)}`;
}

const utcMoment = utc({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A moment in UTC, whatever this computer's clock shows: `28 Feb 2026, 23:00`. */
export const formatUtcMoment = (time: number): string => utcMoment.format(time);

/** The time of day on this computer's clock, in the person's own format: `14:05` or `2:05 PM`. */
export const formatTime = (time: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(time);

/** The day on this computer's calendar at a moment: `17 Mar 2026`. */
export const formatLocalDay = (time: number): string => formatShortDay(localDay(time));

/** A moment on this computer's clock: `17 Mar 2026, 14:05`. */
export const formatMoment = (time: number, locale?: string): string =>
  `${formatLocalDay(time)}, ${formatTime(time, locale)}`;

/** A time of day, `19:00`, in the person's own format. */
export const formatTimeOfDay = (time: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
    Date.parse(`1970-01-01T${time}Z`),
  );

/** A moment to come, after "goes on": `at 14:05`, `tomorrow at 07:00`, `on 17 Mar 2026, 14:05`. */
export function formatComing(time: number, now: number, locale?: string): string {
  const day = localDay(time);
  const today = localDay(now);
  if (day === today) return `at ${formatTime(time, locale)}`;
  return day === addDays(today, 1)
    ? `tomorrow at ${formatTime(time, locale)}`
    : `on ${formatMoment(time, locale)}`;
}
