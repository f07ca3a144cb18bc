import type { FoundFile, Stamp } from '../../../electron/contract/report.ts';
import { formatShortDayOrMonth, formatStamp } from '../../words/format-date.ts';
import { plural } from '../../words/plural.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 7;

/** The day or month that the name says, else the day when the file was made, which the note then tells. */
export function fileDate({ nameDate, createdOn }: Pick<FoundFile, 'nameDate' | 'createdOn'>): {
  date: string;
  note: string | null;
} {
  if (nameDate !== null) return { date: formatShortDayOrMonth(nameDate), note: null };
  return { date: formatStamp(createdOn), note: createdOn === null ? null : 'day it was made' };
}

/** Sorts what `fileDate` shows. */
export const dateOrder = ({
  nameDate,
  createdOn,
}: Pick<FoundFile, 'nameDate' | 'createdOn'>): string | null =>
  nameDate ?? (createdOn === null ? null : new Date(createdOn.time).toISOString());

export interface Expiry {
  readonly date: string;
  /** Set within the last seven days before it, and after it. */
  readonly soon: string | null;
}

/** When the service drops the file; `now` in milliseconds since 1970, UTC. */
export function expiry(stamp: Stamp | null, now: number): Expiry {
  const date = formatStamp(stamp);
  if (stamp === null) return { date, soon: null };
  const left = stamp.time - now;
  if (left <= 0) return { date, soon: 'expired' };
  if (left < DAY_MS) return { date, soon: 'in less than a day' };
  if (left <= SOON_DAYS * DAY_MS) return { date, soon: `in ${plural(Math.floor(left / DAY_MS), 'day')}` };
  return { date, soon: null };
}
