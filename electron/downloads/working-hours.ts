/** The hours of the day in which downloads may run, on this computer's clock. Pure. */
import type { Hours } from '../contract/settings.ts';

const MINUTE_MS = 60_000;
/** Longer than any day, also one on which the clock is set back. */
const TWO_DAYS_MS = 48 * 60 * MINUTE_MS;

/** Minutes since midnight of `HH:MM`. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Whether `now` (milliseconds since 1970, UTC) lies within the hours, by what the clock on the wall says then. */
export function isWithin(hours: Hours, now: number): boolean {
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  const date = new Date(now);
  const time = date.getHours() * 60 + date.getMinutes();
  if (from === to) return true;
  return from < to ? from <= time && time < to : from <= time || time < to;
}

/**
 * When the hours begin after `now`, or end if they have begun (milliseconds since 1970, UTC); null: they are the
 * whole day. Looks at minute after minute: days on which the clock is set have times that come twice, or never.
 */
export function nextChange(hours: Hours, now: number): number | null {
  const before = isWithin(hours, now);
  const nextMinute = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
  for (let at = nextMinute; at < now + TWO_DAYS_MS; at += MINUTE_MS) {
    if (isWithin(hours, at) !== before) return at;
  }
  return null;
}
