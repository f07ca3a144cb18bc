import { addMonths, type Day, isDay, isMonth, type Month } from '../contract/calendar.ts';

/** `time` of the day, `HH:mm:ss`, in milliseconds since 1970, UTC. */
export const dayTime = (day: Day, time = '00:00:00'): number => Date.parse(`${day}T${time}Z`);

/** The UTC day of a time in milliseconds since 1970. */
export const dayAt = (time: number): Day => new Date(time).toISOString().slice(0, 10);

/** `MM/DD/YYYYTHH:mm:ss+0000`, as in `createdOn` and `expiredOn`. */
export function wireStamp(time: number): string {
  const iso = new Date(time).toISOString();
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)}T${iso.slice(11, 19)}+0000`;
}

/** The stamp with two years that the service's own documentation shows: `04/03/2019/2020T08:43:18+0000`. */
export function oddStamp(time: number): string {
  const stamp = wireStamp(time);
  return `${stamp.slice(0, 6)}${addMonths(dayAt(time).slice(0, 7), -12).slice(0, 4)}/${stamp.slice(6)}`;
}

/** `MM-DD-YYYY`, as in the metadata of a file of a site. */
export const wireMetadataDay = (day: Day): string => `${day.slice(5)}-${day.slice(0, 4)}`;

/** Reads `MMDDYYYY`; null when it is no day. */
export function readWireDay(text: string): Day | null {
  const day = text.replace(/^(\d{2})(\d{2})(\d{4})$/, '$3-$1-$2');
  return isDay(day) && day !== text ? day : null;
}

/** Reads `MMYYYY`; null when it is no month. */
export function readWireMonth(text: string): Month | null {
  const month = text.replace(/^(\d{2})(\d{4})$/, '$2-$1');
  return isMonth(month) && month !== text ? month : null;
}
