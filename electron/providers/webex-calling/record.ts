/** A record as the service gives it: texts, a few numbers, and whatever else may come. Spellings of keys vary. */

export type CallRecord = Readonly<Record<string, unknown>>;

/** One form for keys that differ in case and in runs of blanks only (spec 8.11). */
export const foldKey = (key: string): string => key.trim().replace(/\s+/g, ' ').toLowerCase();

/** A value as text, as it came. What is missing is empty. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The text under a key that is spelt like this or nearly so. */
export function fieldOf(record: CallRecord, key: string): string {
  const value = record[key];
  if (value !== undefined) return textOf(value);
  const folded = foldKey(key);
  for (const other in record) if (foldKey(other) === folded) return textOf(record[other]);
  return '';
}

/** How the service writes that there is no value. */
export const isEmptyText = (text: string): boolean => text === '' || text === 'NA' || text === 'na';

const timeText = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Milliseconds since 1970, UTC; null for what is no time. Without a zone it is UTC, with a blank in place of the `T` too
 * (spec 5).
 */
export function readTime(text: string): number | null {
  // Nearly all are written this way, which needs no closer look.
  const usual = text.length === 24 && text.endsWith('Z') ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(usual)) return usual;
  const [, day, time, zone = 'Z'] = timeText.exec(text.trim()) ?? [];
  if (day === undefined || time === undefined) return null;
  const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const parsed = Date.parse(`${day}T${time}${colon}`);
  return Number.isNaN(parsed) ? null : parsed;
}
