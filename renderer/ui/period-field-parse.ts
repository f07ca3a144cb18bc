/**
 * Reads a day or a month as a person types it. A text that could mean two dates, or none, is never guessed at:
 * the answer says why, and the words for it are shown beside the field.
 */
import { type Day, isDay, isMonth, type Month } from '../../electron/contract/calendar.ts';

/** The order of the parts of a date in numbers, as this person's computer writes it. */
export type DateOrder = 'day-month-year' | 'month-day-year' | 'year-month-day';

export type TypedDateProblem =
  | 'empty'
  | 'not-understood'
  | 'impossible'
  | 'ambiguous'
  | 'short-year'
  | 'day-missing'
  | 'day-too-many';

export type TypedDate =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: TypedDateProblem };

/** The order in which `locale` (default: this computer's) writes the parts of a date in numbers. */
export function localDateOrder(locale?: string): DateOrder {
  const parts = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric' })
    .formatToParts(new Date(0))
    .map((part) => part.type);
  if (parts.indexOf('year') < parts.indexOf('month')) return 'year-month-day';
  return parts.indexOf('month') < parts.indexOf('day') ? 'month-day-year' : 'day-month-year';
}

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** The parts of a typed date: numbers as typed, and the month where it was given by name. */
interface Parts {
  readonly numbers: readonly string[];
  readonly namedMonth: number | null;
}

/** A day: `2026-03-17`, `17 March 2026`, `March 17, 2026`, or in numbers in the local order. */
export function parseTypedDay(text: string, order: DateOrder): TypedDate {
  if (text.trim() === '') return no('empty');
  const parts = splitParts(text);
  if (!parts) return no('not-understood');
  return parts.namedMonth === null
    ? numericDay(parts.numbers, order)
    : namedDay(parts.numbers, parts.namedMonth);
}

/** A month: `2026-03`, `03/2026`, `March 2026` or `Mar 2026`. */
export function parseTypedMonth(text: string): TypedDate {
  if (text.trim() === '') return no('empty');
  const parts = splitParts(text);
  if (!parts) return no('not-understood');
  const { numbers, namedMonth } = parts;
  const count = numbers.length + (namedMonth === null ? 0 : 1);
  if (count === 3) return no('day-too-many');
  if (count !== 2) return no('not-understood');
  const year = numbers.find(isYear);
  if (year === undefined) return no('short-year');
  return asMonth(year, namedMonth ?? Number(numbers.find((number) => number !== year)));
}

function numericDay(numbers: readonly string[], order: DateOrder): TypedDate {
  const [a = '', b = '', c = ''] = numbers;
  if (numbers.length === 2 && (isYear(a) || isYear(b))) return no('day-missing');
  if (numbers.length !== 3) return no('not-understood');
  if (isYear(a)) return asDay(a, b, c);
  if (!isYear(c)) return no('short-year');
  if (order === 'day-month-year') return asDay(c, b, a);
  if (order === 'month-day-year') return asDay(c, a, b);
  // A computer that writes the year first says nothing about the order of the other two.
  const readings = [asDay(c, a, b), asDay(c, b, a)].flatMap((reading) => (reading.ok ? [reading] : []));
  const [first, second] = readings;
  if (first && second && first.value !== second.value) return no('ambiguous');
  return first ?? no('impossible');
}

function namedDay(numbers: readonly string[], month: number): TypedDate {
  const [a = '', b = ''] = numbers;
  if (numbers.length === 1) return no(isYear(a) ? 'day-missing' : 'not-understood');
  if (numbers.length !== 2) return no('not-understood');
  if (isYear(b)) return asDay(b, String(month), a);
  return isYear(a) ? asDay(a, String(month), b) : no('short-year');
}

/** Null when the text holds anything but numbers and at most one English name of a month. */
function splitParts(text: string): Parts | null {
  const words = text
    .toLowerCase()
    // Some locales write invisible marks of direction between the numbers.
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .split(/[\s.,/\-\u2010-\u2015]+/)
    .filter((word) => word !== '');
  const names = words.filter((word) => !/^\d{1,4}$/.test(word));
  const numbers = words.filter((word) => /^\d{1,4}$/.test(word));
  if (names.length > 1 || numbers.length === 0) return null;
  const [name] = names;
  if (name === undefined) return { numbers, namedMonth: null };
  const index = monthNames.findIndex((month) => month === name || isShortFor(name, month));
  return index === -1 ? null : { numbers, namedMonth: index + 1 };
}

/** `mar` and `sept` are short for a month, `ma` is not: it could be two. */
const isShortFor = (name: string, month: string): boolean =>
  name.length >= 3 && name.length <= 4 && month.startsWith(name);

const isYear = (number: string): boolean => number.length === 4;

const asDay = (year: string, month: string, day: string): TypedDate =>
  checked(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` satisfies Day, isDay);

const asMonth = (year: string, month: number): TypedDate =>
  checked(`${year}-${String(month).padStart(2, '0')}` satisfies Month, isMonth);

const checked = (value: string, exists: (value: string) => boolean): TypedDate =>
  exists(value) ? { ok: true, value } : no('impossible');

const no = (problem: TypedDateProblem): TypedDate => ({ ok: false, problem });
