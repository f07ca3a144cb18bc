/** The calendar of a time zone. Times in milliseconds since 1970, UTC. */
import type { Day } from '../contract/calendar.ts';

export interface TimeZone {
  /** The day on its calendars at `time`. */
  dayAt(time: number): Day;
  /** When that day begins there: at midnight, or where the clocks go over it, at the first moment after. */
  startOf(day: Day): number;
}

const HOUR_MS = 3_600_000;

/** Null for a name that is no time zone. */
export function createTimeZone(name: string): TimeZone | null {
  const format = formatFor(name);
  return (
    format && {
      dayAt: (time) => new Date(wallTime(format, time)).toISOString().slice(0, 10),
      startOf: (day) => firstSecondFrom(Date.parse(`${day}T00:00:00Z`), format),
    }
  );
}

function formatFor(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

/** What the clocks there show, as if it were UTC. */
function wallTime(format: Intl.DateTimeFormat, time: number): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(time)) shown[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The second at which the clocks there first show `wall` or later. No zone is further than a day from UTC. */
function firstSecondFrom(wall: number, format: Intl.DateTimeFormat): number {
  let [early, late] = [(wall - 26 * HOUR_MS) / 1000, (wall + 26 * HOUR_MS) / 1000];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (wallTime(format, middle * 1000) >= wall) late = middle;
    else early = middle;
  }
  return late * 1000;
}
