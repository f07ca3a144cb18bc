import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  daySchema,
  daysBetween,
  daysIn,
  firstDayOf,
  isDay,
  isMonth,
  lastDayOf,
  localDay,
  monthOf,
  monthsIn,
} from '../../../electron/contract/calendar.ts';

const two = (n: number) => String(n).padStart(2, '0');
const year = fc.integer({ min: 1300, max: 9700 });
const month = fc.tuple(year, fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${y}-${two(m)}`);
const day = fc.tuple(month, fc.nat(30)).map(([m, n]) => addDays(firstDayOf(m), n));

describe('a day', () => {
  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '2026-01-01', '1000-01-01', '9999-12-31'])(
    'is %s',
    (text) => {
      expect(isDay(text)).toBe(true);
    },
  );

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '0999-12-31',
    '26-01-01',
    '2026-1-1',
    '2026/01/01',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '',
  ])('is not %j', (text) => {
    expect(isDay(text)).toBe(false);
    expect(daySchema.safeParse(text).success).toBe(false);
  });

  it('is one exactly if its month has that many days', () => {
    fc.assert(
      fc.property(month, fc.integer({ min: 1, max: 31 }), (m, n) => {
        expect(isDay(`${m}-${two(n)}`)).toBe(n <= Number(lastDayOf(m).slice(8)));
      }),
    );
  });
});

describe('a month', () => {
  it.each(['2026-01', '2026-12', '1000-01'])('is %s', (text) => {
    expect(isMonth(text)).toBe(true);
  });

  it.each(['2026-00', '2026-13', '2026-1', '0999-01', '2026-01-01', '2026', '2026-01\n', ''])(
    'is not %j',
    (text) => {
      expect(isMonth(text)).toBe(false);
    },
  );

  it.each([
    ['2024-02', '2024-02-29'],
    ['2023-02', '2023-02-28'],
    ['2000-02', '2000-02-29'],
    ['1900-02', '1900-02-28'],
    ['2026-04', '2026-04-30'],
    ['2026-12', '2026-12-31'],
    ['9999-12', '9999-12-31'],
  ])('%s ends on %s', (m, last) => {
    expect(lastDayOf(m)).toBe(last);
  });

  it('holds its first and its last day, and neither the day before nor the day after', () => {
    fc.assert(
      fc.property(month, (m) => {
        expect([monthOf(firstDayOf(m)), monthOf(lastDayOf(m))]).toEqual([m, m]);
        expect(monthOf(addDays(firstDayOf(m), -1))).toBe(addMonths(m, -1));
        expect(monthOf(addDays(lastDayOf(m), 1))).toBe(addMonths(m, 1));
      }),
    );
  });
});

describe('counting', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-28', 2, '2026-03-30'],
    ['2026-10-24', 2, '2026-10-26'],
    ['2026-01-01', 0, '2026-01-01'],
  ])('%s and %i days is %s', (from, count, to) => {
    expect(addDays(from, count)).toBe(to);
  });

  it.each([
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-01', -13, '2024-12'],
    ['2026-06', 18, '2027-12'],
    ['2026-06', 0, '2026-06'],
  ])('%s and %i months is %s', (from, count, to) => {
    expect(addMonths(from, count)).toBe(to);
  });

  it('goes there and back again, always to days and months that exist', () => {
    fc.assert(
      fc.property(day, month, fc.integer({ min: -3000, max: 3000 }), (d, m, count) => {
        const later = addDays(d, count);
        expect(isDay(later)).toBe(true);
        expect(daysBetween(d, later)).toBe(count);
        expect(addDays(later, -count)).toBe(d);
        expect(isMonth(addMonths(m, count))).toBe(true);
        expect(addMonths(addMonths(m, count), -count)).toBe(m);
      }),
    );
  });

  it('orders days and months as text is ordered', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(a < b).toBe(daysBetween(a, b) > 0);
      }),
    );
  });
});

describe('a range', () => {
  it('holds both of its ends', () => {
    expect(daysIn({ from: '2024-02-28', to: '2024-03-01' })).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
    expect(daysIn({ from: '2026-01-01', to: '2026-01-01' })).toEqual(['2026-01-01']);
    expect(monthsIn({ from: '2025-11', to: '2026-02' })).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
  });

  it('that ends before it begins is empty', () => {
    expect(daysIn({ from: '2026-01-02', to: '2026-01-01' })).toEqual([]);
    expect(monthsIn({ from: '2026-02', to: '2026-01' })).toEqual([]);
  });

  it('holds each of its days and months once, in order, without a gap', () => {
    fc.assert(
      fc.property(day, fc.nat(800), (from, length) => {
        const to = addDays(from, length);
        const days = daysIn({ from, to });
        expect([days[0], days.at(-1), days.length]).toEqual([from, to, length + 1]);
        days.slice(1).forEach((d, i) => {
          expect(daysBetween(days[i] ?? '', d)).toBe(1);
        });
        expect(monthsIn({ from: monthOf(from), to: monthOf(to) })).toEqual([...new Set(days.map(monthOf))]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('today', () => {
  it("is the day on this computer's own calendar", () => {
    expect(localDay(new Date(2026, 2, 9, 23, 59, 59).getTime())).toBe('2026-03-09');
    expect(localDay(new Date(2026, 11, 31, 0, 0, 0).getTime())).toBe('2026-12-31');
  });
});
