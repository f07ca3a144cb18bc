/**
 * Periods as the service wants them: short, and in full seconds (spec 8.11). Nobody knows whether the end of a span is part
 * of it, so a span that ends with a second may lack the calls of that second:
 *
 * - For one CSV, slices meet, and the last one ends a second after the period. Its rows are read here: what comes twice is
 *   dropped, and so are the calls of the second that is too much (csv/second-beyond.ts). That is right either way.
 * - ZIP files are kept as they come, and people join them themselves. A second in two of them would be calls counted twice,
 *   which is worse than calls missing that begin in the one last second of a file, as may happen on a server that takes
 *   the end for no part. So their slices end with the last second, and none is in two of them.
 */
import { addDays, type Day, type Range } from '../../contract/calendar.ts';
import type { TimeZone } from '../time-zone.ts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 3 * DAY_MS - 1000;

/** Whose clock the times of a request show. */
export type TimesIn = 'tenant' | 'utc';

/**
 * How a slice stands to the one before it. `apart`: it begins a second after that one's last. `meeting`: it begins with
 * that second, and the last one ends with the first second after the period, which is for whoever drops what is too much.
 */
export type Seams = 'apart' | 'meeting';

/**
 * Cuts a period into slices of whole days of the tenant that last three days less a second at most, so that no day is left
 * out and none is in two of them. A day on which the clocks go back is longer than others, so its slice may have fewer.
 */
export function cutPeriod(period: Range, zone: TimeZone, seams: Seams): Range[] {
  const slices: Range[] = [];
  for (let from = period.from; from <= period.to; from = addDays(slices.at(-1)?.to ?? from, 1)) {
    const longest = [2, 1].map((more) => addDays(from, more));
    const beforeMs = startsBefore({ from }, period, seams) ? 1000 : 0;
    const fits = (to: Day) =>
      to <= period.to &&
      lengthMs({ from, to }, zone) + beforeMs + (endsAfter({ to }, period, seams) ? 1000 : 0) <= LONGEST_MS;
    slices.push({ from, to: longest.find(fits) ?? from });
  }
  return slices;
}

/** From its first second to its last. */
const lengthMs = ({ from, to }: Range, zone: TimeZone): number =>
  zone.startOf(addDays(to, 1)) - zone.startOf(from) - 1000;

const startsBefore = ({ from }: Pick<Range, 'from'>, period: Range, seams: Seams): boolean =>
  seams === 'meeting' && from > period.from;

const endsAfter = ({ to }: Pick<Range, 'to'>, period: Range, seams: Seams): boolean =>
  seams === 'meeting' && to === period.to;

/** The first and the last second of days, `yyyy-MM-dd HH:mm:ss`. */
export function timesOf({ from, to }: Range, timesIn: TimesIn, zone: TimeZone) {
  if (timesIn === 'tenant') return { beginTime: `${from} 00:00:00`, endTime: `${to} 23:59:59` };
  return {
    beginTime: utcSecond(zone.startOf(from)),
    endTime: utcSecond(zone.startOf(addDays(to, 1)) - 1000),
  };
}

/** The same for a slice of a period. */
export function timesOfSlice(slice: Range, period: Range, seams: Seams, timesIn: TimesIn, zone: TimeZone) {
  const times = timesOf(slice, timesIn, zone);
  const before = addDays(slice.from, -1);
  return {
    beginTime: startsBefore(slice, period, seams)
      ? timesOf({ from: before, to: before }, timesIn, zone).endTime
      : times.beginTime,
    endTime: endsAfter(slice, period, seams) ? secondAfter(times.endTime) : times.endTime,
  };
}

/** The second after one, `yyyy-MM-dd HH:mm:ss`, on a clock that is not changed in between. */
export const secondAfter = (second: string): string =>
  utcSecond(Date.parse(`${second.replace(' ', 'T')}Z`) + 1000);

const utcSecond = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
