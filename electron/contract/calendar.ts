/**
 * Days and months as plain text. A time zone never moves a day: nothing here reads a clock or a zone, and all
 * arithmetic is on UTC midnights.
 */
import { z } from 'zod';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;
/** A calendar month, `YYYY-MM`. */
export type Month = string;

/** Both ends belong to the range. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** True for a day that exists, from year 1000 to 9999: `2024-02-29` yes, `2023-02-29` no. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)) return false;
  const day = Number(text.slice(8));
  // Only the last days of a month need a calendar; a day that the month lacks is counted on into the next one.
  return day <= 28 || new Date(Date.parse(`${text}T00:00:00Z`)).getUTCDate() === day;
}

/** True for a month that exists, from year 1000 to 9999. */
export function isMonth(text: string): boolean {
  return /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text);
}

export const daySchema = z.string().refine(isDay, 'not a day');

const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const fromDayNumber = (n: number): Day => new Date(n * DAY_MS).toISOString().slice(0, 10);

const monthNumber = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const fromMonthNumber = (n: number): Month =>
  `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`;

export const addDays = (day: Day, count: number): Day => fromDayNumber(dayNumber(day) + count);
export const addMonths = (month: Month, count: number): Month => fromMonthNumber(monthNumber(month) + count);

/** Days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: Day, b: Day): number => dayNumber(b) - dayNumber(a);

export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDayOf = (month: Month): Day => `${month}-01`;
export const lastDayOf = (month: Month): Day =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);

/** Every day of the range, in order; empty when `from` is after `to`. */
export function daysIn(range: Range): Day[] {
  const first = dayNumber(range.from);
  return Array.from({ length: Math.max(0, dayNumber(range.to) - first + 1) }, (_, i) =>
    fromDayNumber(first + i),
  );
}

/** Every month of the range, in order; empty when `from` is after `to`. */
export function monthsIn(range: Range): Month[] {
  const first = monthNumber(range.from);
  return Array.from({ length: Math.max(0, monthNumber(range.to) - first + 1) }, (_, i) =>
    fromMonthNumber(first + i),
  );
}

/** The day on this computer's own calendar at `time` (milliseconds since 1970, UTC). What a person calls "today". */
export function localDay(time: number): Day {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
