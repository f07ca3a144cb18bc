/** The date formats of the CCA service, which are not interchangeable. All of them are read as UTC. */
import { type Day, isDay, isMonth, lastDayOf, type Month, monthOf } from '../../contract/calendar.ts';
import type { Stamp } from '../../contract/report.ts';

/** A day as queries want it: `MMDDYYYY`. */
export const toQueryDay = (day: Day): string => day.slice(5, 7) + day.slice(8, 10) + day.slice(0, 4);

/** A month as queries want it: `MMYYYY`. */
export const toQueryMonth = (month: Month): string => month.slice(5, 7) + month.slice(0, 4);

const stamp =
  /^(\d{1,2})([/-])(\d{1,2})\2(?:(\d{4})\/)?(\d{4})(?:T(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads a timestamp of a listing: `04/23/2019T08:43:18+0000`, month and day with one digit or two, the time
 * left out, or `12-13-2018`. The service is known to send two years, `04/03/2019/2020T08:43:18+0000`: the last
 * one counts, and the stamp is approximate. Anything else is null: unknown, not an error.
 */
export function readStamp(value: unknown): Stamp | null {
  const parts = typeof value === 'string' ? stamp.exec(value.trim()) : null;
  if (!parts) return null;
  const [, month = '', , date = '', extraYear, year = '', hour = '0', minute = '00', second = '00', zone] =
    parts;
  const approximate = extraYear !== undefined;
  const wanted = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const day = approximate ? clampToMonth(wanted) : wanted;
  if (!isDay(day)) return null;
  const time = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:${second}Z`) - offsetMs(zone);
  // A zone may lead out of the years that a day can be in.
  return Number.isNaN(time) || !isDay(utcDay(time)) ? null : { time, approximate };
}

/** 29 February of the first year may not exist in the last one. */
function clampToMonth(day: Day): Day {
  const month = monthOf(day);
  if (!isMonth(month) || day.slice(8) > '31') return day;
  const last = lastDayOf(month);
  return day > last ? last : day;
}

function offsetMs(zone: string | undefined): number {
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (!parts) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === '-' ? -minutes : minutes) * 60_000;
}

/** The UTC day of a time in milliseconds since 1970. */
export const utcDay = (time: number): Day => new Date(time).toISOString().slice(0, 10);

/** The day (`_YYYYMMDD`) or month (`_YYYYMM`) that a file name ends with, or null. */
export function dateInName(name: string): Day | Month | null {
  const parts = /(?:^|[^\dA-Za-z])(\d{4})(\d{2})(\d{2})?(?:\.[A-Za-z0-9]+)?$/.exec(name);
  if (!parts) return null;
  const [, year, month, day] = parts;
  const text = day === undefined ? `${year}-${month}` : `${year}-${month}-${day}`;
  return isDay(text) || isMonth(text) ? text : null;
}
