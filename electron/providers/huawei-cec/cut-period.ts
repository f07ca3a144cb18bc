/** Periods as the service wants them: short, and in full seconds (spec 8.11). */
import { addDays, type Day, type Range } from '../../contract/calendar.ts';
import type { TimeZone } from './time-zone.ts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 3 * DAY_MS;

/** Whose clock the times of a request show. */
export type TimesIn = 'tenant' | 'utc';

/**
 * Cuts a period into slices of whole days of the tenant that last three days at most, so that no day is left out and
 * none is in two of them. A day on which the clocks go back is longer than others, so its slice may have fewer.
 */
export function cutPeriod(period: Range, zone: TimeZone): Range[] {
  const slices: Range[] = [];
  for (let from = period.from; from <= period.to; from = addDays(slices.at(-1)?.to ?? from, 1)) {
    const longest = [2, 1].map((more) => addDays(from, more));
    const fits = (to: Day) => to <= period.to && lengthMs({ from, to }, zone) <= LONGEST_MS;
    slices.push({ from, to: longest.find(fits) ?? from });
  }
  return slices;
}

const lengthMs = ({ from, to }: Range, zone: TimeZone): number =>
  zone.startOf(addDays(to, 1)) - zone.startOf(from);

/** The first and the last second of a slice, `yyyy-MM-dd HH:mm:ss`. The second after it is the next slice's first. */
export function timesOf({ from, to }: Range, timesIn: TimesIn, zone: TimeZone) {
  if (timesIn === 'tenant') return { beginTime: `${from} 00:00:00`, endTime: `${to} 23:59:59` };
  return {
    beginTime: utcSecond(zone.startOf(from)),
    endTime: utcSecond(zone.startOf(addDays(to, 1)) - 1000),
  };
}

const utcSecond = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
