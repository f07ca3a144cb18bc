import type { Day } from '../contract/calendar.ts';

/** When a day begins on this computer's own calendar: milliseconds since 1970, UTC. */
export function startOfLocalDay(day: Day): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).getTime();
}
