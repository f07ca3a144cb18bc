import type { RowsNote } from '../../contract/download.ts';
import { timesOf } from './cut-period.ts';
import type { Calendar } from './list-records.ts';

/** Nobody says whether bounds are inclusive, or which time of a call counts: less is no shift of a time zone. */
const TOLERATED_MS = 30 * 60_000;

/** Times without a zone, all in the same one. */
const readTime = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

/** The first and the last second that were asked for, as they were sent. */
interface Asked {
  readonly begin: string;
  readonly end: string;
}

/** Those that rows have; null where none has one. */
export type Times = Pick<RowsNote, 'first' | 'last'>;

/**
 * Whether there are times outside what was asked for. What is asked for in UTC may come in the tenant's time (spec 4.1).
 * `calendar`: how the account asks; null where nobody can tell.
 */
export const isOutside = (found: Times, asked: Asked, calendar: Calendar | null): boolean =>
  !tellings(asked, calendar).some((told) => isWithin(found, told));

/** What was asked for, by each of the clocks that the rows may go by. */
export const tellings = (asked: Asked, calendar: Calendar | null): readonly Asked[] =>
  calendar?.timesIn === 'utc' ? [asked, inTenantTime(asked, calendar)] : [asked];

export function isWithin({ first, last }: Times, { begin, end }: Asked): boolean {
  if (first === null || last === null) return true;
  return readTime(first) >= readTime(begin) - TOLERATED_MS && readTime(last) <= readTime(end) + TOLERATED_MS;
}

/** The same days by the tenant's clock. */
function inTenantTime({ begin, end }: Asked, { zone }: Calendar): Asked {
  const days = { from: zone.dayAt(readTime(begin)), to: zone.dayAt(readTime(end)) };
  const { beginTime, endTime } = timesOf(days, 'tenant', zone);
  return { begin: beginTime, end: endTime };
}
