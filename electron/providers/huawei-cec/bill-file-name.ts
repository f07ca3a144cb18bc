/** Names of the files that the service makes: `yyyyMMdd_{responseId}.zip`, the id without hyphens (spec 6.1). */
import { addDays, type Day, isDay } from '../../contract/calendar.ts';
import type { TimeZone } from '../time-zone.ts';

const MOST_CHARACTERS = 49;

/** An id as it stands in names; null for one that no name can hold. 32 hex digits are usual, others are as good. */
export function readResponseId(given: string): string | null {
  const id = given.trim().replaceAll('-', '');
  return isBillFileName(billFileName('2000-01-01', id)) ? id : null;
}

export const billFileName = (day: Day, responseId: string): string =>
  `${day.replaceAll('-', '')}_${responseId}.zip`;

/** Spec 8.17. */
export const isBillFileName = (name: string): boolean =>
  name.length <= MOST_CHARACTERS && /^\d{8}_[0-9A-Za-z]+\.zip$/.test(name) && dayInName(name) !== null;

/** The day that a name begins with; null when there is no such day. */
export function dayInName(name: string): Day | null {
  const day = `${name.slice(0, 4)}-${name.slice(4, 6)}-${name.slice(6, 8)}`;
  return isDay(day) ? day : null;
}

/** Looks under the tenant's day before others are guessed. */
const SURE_LOOKS = 2;

/** Whether the day of a file's name is only one of those that it may have. */
export const isGuessedDay = (polls: number): boolean => polls >= SURE_LOOKS;

/**
 * The day to look for a file under that was asked for at `askedAt`: nobody says in whose zone the server counts its
 * days. The first two times the tenant's day; from then on the others in turn: UTC's, the one before, the one after
 * (spec 8.8). `polls`: how often it was not found so far.
 */
export function dayToTry(askedAt: number, polls: number, zone: TimeZone): Day {
  const day = zone.dayAt(askedAt);
  if (!isGuessedDay(polls)) return day;
  const inTurn = daysToTry(askedAt, zone);
  return inTurn[(polls - SURE_LOOKS) % inTurn.length] ?? day;
}

/** All days that its name may have, each once, the tenant's last. */
export function daysToTry(askedAt: number, zone: TimeZone): readonly Day[] {
  const day = zone.dayAt(askedAt);
  const utcDay = new Date(askedAt).toISOString().slice(0, 10);
  const others = [utcDay, addDays(day, -1), addDays(day, 1)].filter((other) => other !== day);
  return [...new Set([...others, day])];
}
