import type { PeriodField } from '../../electron/contract/report.ts';
import type { DateOrder, TypedDateProblem } from './period-field-parse.ts';

type Kind = PeriodField['kind'];
type Words = (order: DateOrder) => string;

const inNumbers: Record<DateOrder, string> = {
  'day-month-year': '17/03/2026',
  'month-day-year': '03/17/2026',
  'year-month-day': '2026/03/17',
};

const likeADay: Words = (order) => `Type it as 2026-03-17, ${inNumbers[order]} or 17 March 2026.`;
const likeAMonth = 'Type it as 2026-03 or March 2026.';

const words: Record<Kind, Record<TypedDateProblem, Words>> = {
  days: {
    empty: () => 'Type a date, such as 2026-03-17, or pick it from the calendar.',
    'not-understood': (order) => `This is not a date. ${likeADay(order)}`,
    impossible: (order) => `There is no such date. ${likeADay(order)}`,
    ambiguous: () => 'This could be two different dates. Type it as 2026-03-17 or 17 March 2026.',
    'short-year': (order) => `Type the year with four digits, as in ${inNumbers[order]}.`,
    'day-missing': () => 'Type the day too, as in 2026-03-17 or 17 March 2026.',
    'day-too-many': likeADay,
  },
  months: {
    empty: () => 'Type a month, such as 2026-03, or pick it from the calendar.',
    'not-understood': () => `This is not a month. ${likeAMonth}`,
    impossible: () => `There is no such month. ${likeAMonth}`,
    ambiguous: () => likeAMonth,
    'short-year': () => 'Type the year with four digits, as in 2026-03 or March 2026.',
    'day-missing': () => likeAMonth,
    'day-too-many': () => 'Type the month without a day, as in 2026-03 or March 2026.',
  },
};

/** Why a typed date can't be used and how to type it, with an example in the person's own order. */
export const typedDateText = (problem: TypedDateProblem, kind: Kind, order: DateOrder): string =>
  words[kind][problem](order);
