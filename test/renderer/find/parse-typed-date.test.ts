import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../../../electron/contract/calendar.ts';
import {
  type DateOrder,
  localDateOrder,
  parseTypedDay,
  parseTypedMonth,
} from '../../../renderer/ui/period-field-parse.ts';
import { typedDateText } from '../../../renderer/ui/period-field-words.ts';

const orders: readonly DateOrder[] = ['day-month-year', 'month-day-year', 'year-month-day'];
const day = (text: string, order: DateOrder = 'day-month-year') => {
  const typed = parseTypedDay(text, order);
  return typed.ok ? typed.value : typed.problem;
};
const month = (text: string) => {
  const typed = parseTypedMonth(text);
  return typed.ok ? typed.value : typed.problem;
};
const anyDay = fc.integer({ min: 0, max: 3_000_000 }).map((n) => addDays('1000-01-01', n));
const anyMonth = fc.integer({ min: 0, max: 100_000 }).map((n) => addMonths('1000-01', n));

describe('the local order of a date', () => {
  it.each([
    ['en-GB', 'day-month-year'],
    ['de-DE', 'day-month-year'],
    ['cs-CZ', 'day-month-year'],
    ['en-US', 'month-day-year'],
    ['sv-SE', 'year-month-day'],
    ['ja-JP', 'year-month-day'],
    ['hu-HU', 'year-month-day'],
  ])('is read from the locale: %s writes %s', (locale, order) => {
    expect(localDateOrder(locale)).toBe(order);
  });
});

describe('a typed day', () => {
  it('is read as YYYY-MM-DD whatever the local order', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...orders), (text, order) => {
        expect(day(text, order)).toBe(text);
      }),
    );
  });

  it('is read as this computer writes it in numbers', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.constantFrom('en-GB', 'de-DE', 'cs-CZ', 'en-US', 'sv-SE', 'hu-HU'),
        (text, locale) => {
          const local = new Intl.DateTimeFormat(locale, {
            day: '2-digit',
            month: '2-digit',
            year: 'numeric',
            timeZone: 'UTC',
          }).format(Date.parse(`${text}T00:00:00Z`));
          expect(day(local, localDateOrder(locale))).toBe(text);
        },
      ),
    );
  });

  it.each([
    ['17/03/2026', 'day-month-year', '2026-03-17'],
    ['17.3.2026', 'day-month-year', '2026-03-17'],
    ['17. 3. 2026', 'day-month-year', '2026-03-17'],
    ['3/17/2026', 'month-day-year', '2026-03-17'],
    ['2026/3/17', 'month-day-year', '2026-03-17'],
    ['2026. 03. 17.', 'year-month-day', '2026-03-17'],
    ['\u200e17/\u200e3/\u200e2026', 'day-month-year', '2026-03-17'],
    ['  2026-03-17  ', 'year-month-day', '2026-03-17'],
    ['2026–03–17', 'year-month-day', '2026-03-17'],
    ['17/03/2026', 'year-month-day', '2026-03-17'],
    ['03/03/2026', 'year-month-day', '2026-03-03'],
    ['29/02/2024', 'day-month-year', '2024-02-29'],
  ] as const)('in numbers: %s in the order %s is %s', (text, order, value) => {
    expect(day(text, order)).toBe(value);
  });

  it.each([
    '17 March 2026',
    '17 Mar 2026',
    '17 mar. 2026',
    '17-Mar-2026',
    'March 17, 2026',
    'Mar 17 2026',
    '17th March 2026',
    '2026 March 17',
    '17 MARCH 2026',
  ])('with the month by name, in any order: %s', (text) => {
    for (const order of orders) expect(day(text, order)).toBe('2026-03-17');
  });

  it('takes September short in three or four letters', () => {
    expect(day('1 Sep 2026')).toBe('2026-09-01');
    expect(day('1 Sept 2026')).toBe('2026-09-01');
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['soon', 'not-understood'],
    ['17', 'not-understood'],
    ['17 03', 'not-understood'],
    ['March', 'not-understood'],
    ['March 17', 'not-understood'],
    ['17 Ma 2026', 'not-understood'],
    ['17 Marchy 2026', 'not-understood'],
    ['Tue 17 March 2026', 'not-understood'],
    ['20260317', 'not-understood'],
    ['1 2 3 2026', 'not-understood'],
    ['2026-03-17T00:00', 'not-understood'],
    ['31/02/2026', 'impossible'],
    ['2023-02-29', 'impossible'],
    ['31 April 2026', 'impossible'],
    ['2026-13-01', 'impossible'],
    ['0999-01-01', 'impossible'],
    ['00/01/2026', 'impossible'],
    ['17/03/26', 'short-year'],
    ['17 March 26', 'short-year'],
    ['2026-03', 'day-missing'],
    ['March 2026', 'day-missing'],
    ['03/2026', 'day-missing'],
  ])('that can not be used says why: "%s" is %s', (text, problem) => {
    expect(day(text)).toBe(problem);
  });

  it('is never turned round to make it possible', () => {
    expect(day('03/17/2026', 'day-month-year')).toBe('impossible');
    expect(day('17/03/2026', 'month-day-year')).toBe('impossible');
  });

  it('is ambiguous where the local order puts the year first and both readings exist', () => {
    expect(day('03/04/2026', 'year-month-day')).toBe('ambiguous');
    expect(day('32/13/2026', 'year-month-day')).toBe('impossible');
  });
});

describe('a typed month', () => {
  it('is read as YYYY-MM', () => {
    fc.assert(
      fc.property(anyMonth, (text) => {
        expect(month(text)).toBe(text);
      }),
    );
  });

  it.each([
    '2026-03',
    '2026/3',
    '03/2026',
    '3.2026',
    '3 2026',
    'March 2026',
    'Mar 2026',
    'mar. 2026',
    '2026 March',
  ])('is read from %s', (text) => {
    expect(month(text)).toBe('2026-03');
  });

  it.each([
    ['', 'empty'],
    ['March', 'not-understood'],
    ['2026', 'not-understood'],
    ['spring 2026', 'not-understood'],
    ['1 2 3 2026', 'not-understood'],
    ['2026-13', 'impossible'],
    ['00/2026', 'impossible'],
    ['2026 2027', 'impossible'],
    ['2026 2026', 'impossible'],
    ['03/26', 'short-year'],
    ['March 26', 'short-year'],
    ['2026-03-17', 'day-too-many'],
    ['17 March 2026', 'day-too-many'],
  ])('that can not be used says why: "%s" is %s', (text, problem) => {
    expect(month(text)).toBe(problem);
  });
});

describe('the words for a typed date that can not be used', () => {
  it('give an example in the order of this computer', () => {
    expect(typedDateText('impossible', 'days', 'day-month-year')).toContain('17/03/2026');
    expect(typedDateText('impossible', 'days', 'month-day-year')).toContain('03/17/2026');
  });

  it('give examples that can be typed', () => {
    for (const order of orders) {
      const text = typedDateText('not-understood', 'days', order);
      const examples = text.slice(text.indexOf('as ') + 3, -1).split(/, | or /);
      expect(examples).toHaveLength(3);
      for (const example of examples) expect(day(example, order)).toBe('2026-03-17');
    }
  });
});
