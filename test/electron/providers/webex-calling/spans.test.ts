import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutSpan,
  HOUR_MS,
  halve,
  LONGEST_SLICE_MS,
  toNameStamp,
  toWire,
} from '../../../../electron/providers/webex-calling/spans.ts';

const time = fc.integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2033, 0, 1) });
const span = fc.record({ from: time, length: fc.integer({ min: 1, max: 40 * 24 * HOUR_MS }) });

describe('slices', () => {
  it('cover a span exactly once, in order, none longer than half a day', () => {
    fc.assert(
      fc.property(span, ({ from, length }) => {
        const slices = cutSpan({ from, to: from + length });
        expect(slices[0]?.from).toBe(from);
        expect(slices.at(-1)?.to).toBe(from + length);
        slices.forEach((slice, i) => {
          expect(slice.to).toBeGreaterThan(slice.from);
          expect(slice.to - slice.from).toBeLessThanOrEqual(LONGEST_SLICE_MS);
          if (i > 0) expect(slice.from).toBe(slices[i - 1]?.to);
        });
      }),
    );
  });

  it.each([
    ['over the end of a month', '2026-01-31', '2026-02-02', 4],
    ['over a leap day', '2024-02-28', '2024-03-02', 6],
    ['over a February without one', '2023-02-28', '2023-03-02', 4],
    ['over the clock change in Europe', '2026-03-29', '2026-03-30', 2],
    ['over the clock change in America', '2026-11-01', '2026-11-02', 2],
    ['over the end of a year', '2025-12-31', '2026-01-02', 4],
  ])('%s are half days in UTC', (_, from, to, count) => {
    const slices = cutSpan({ from: Date.parse(from), to: Date.parse(to) });
    expect(slices).toHaveLength(count);
    expect(slices.every((slice) => slice.to - slice.from === LONGEST_SLICE_MS)).toBe(true);
    expect(slices.every((slice) => [0, 12].includes(new Date(slice.from).getUTCHours()))).toBe(true);
  });

  it('of nothing there are none', () => {
    expect(cutSpan({ from: 5, to: 5 })).toEqual([]);
    expect(cutSpan({ from: 6, to: 5 })).toEqual([]);
  });

  it('are halved without losing a millisecond, down to a few minutes', () => {
    fc.assert(
      fc.property(span, ({ from, length }) => {
        const halves = halve({ from, to: from + length });
        if (length < 10 * 60_000) expect(halves).toBeNull();
        else {
          expect(halves?.[0].from).toBe(from);
          expect(halves?.[0].to).toBe(halves?.[1].from);
          expect(halves?.[1].to).toBe(from + length);
        }
      }),
    );
  });
});

it('times are written with three decimals and a Z, and in names without either', () => {
  const at = Date.UTC(2024, 1, 29, 7, 5, 3);
  expect(toWire(at)).toBe('2024-02-29T07:05:03.000Z');
  expect(toNameStamp(at)).toBe('20240229T070503Z');
});
