import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysIn } from '../../../electron/contract/calendar.ts';
import { splitDays } from '../../../electron/reports/split-period.ts';

describe('splitDays', () => {
  it.each([
    { from: '2024-02-29', to: '2024-02-29' },
    { from: '2024-03-01', to: '2024-03-31' },
    { from: '2024-02-20', to: '2024-03-21' },
  ])('leaves what is no longer than a month in one piece: $from to $to', (period) => {
    expect(splitDays(period)).toEqual([period]);
  });

  it('cuts longer periods along the months', () => {
    expect(splitDays({ from: '2023-12-15', to: '2024-03-02' })).toEqual([
      { from: '2023-12-15', to: '2023-12-31' },
      { from: '2024-01-01', to: '2024-01-31' },
      { from: '2024-02-01', to: '2024-02-29' },
      { from: '2024-03-01', to: '2024-03-02' },
    ]);
  });

  it('covers each day exactly once, in slices of at most 31 days', () => {
    const start = fc.nat(20_000).map((n) => addDays('2000-01-01', n));
    fc.assert(
      fc.property(start, fc.nat(800), (from, length) => {
        const period = { from, to: addDays(from, length) };
        const slices = splitDays(period);
        expect(slices.flatMap(daysIn)).toEqual(daysIn(period));
        for (const slice of slices) {
          const { length: days } = daysIn(slice);
          expect(days).toBeGreaterThan(0);
          expect(days).toBeLessThanOrEqual(31);
        }
      }),
    );
  });
});
