import { describe, expect, it } from 'vitest';
import {
  dayPresets,
  defaultPreset,
  monthPresets,
  type Preset,
} from '../../../renderer/ui/period-field-presets.ts';

const ranges = (presets: readonly Preset[], today: string) =>
  Object.fromEntries(
    presets.map(({ label, range }) => [label, `${range(today).from} to ${range(today).to}`]),
  );

describe('the ready-made periods', () => {
  it('in days are whole days up to yesterday, or the month so far', () => {
    expect(ranges(dayPresets, '2026-03-17')).toEqual({
      Yesterday: '2026-03-16 to 2026-03-16',
      'Last 7 days': '2026-03-10 to 2026-03-16',
      'This month': '2026-03-01 to 2026-03-17',
      'Last month': '2026-02-01 to 2026-02-28',
    });
  });

  it('cross the end of a year', () => {
    expect(ranges(dayPresets, '2026-01-01')).toEqual({
      Yesterday: '2025-12-31 to 2025-12-31',
      'Last 7 days': '2025-12-25 to 2025-12-31',
      'This month': '2026-01-01 to 2026-01-01',
      'Last month': '2025-12-01 to 2025-12-31',
    });
    expect(ranges(monthPresets, '2026-01-31')).toEqual({
      'Last month': '2025-12 to 2025-12',
      'Last 3 months': '2025-10 to 2025-12',
      'This year': '2026-01 to 2026-01',
    });
  });

  it('know the leap day', () => {
    expect(ranges(dayPresets, '2024-03-31')['Last month']).toBe('2024-02-01 to 2024-02-29');
    expect(ranges(dayPresets, '2024-03-01').Yesterday).toBe('2024-02-29 to 2024-02-29');
  });

  it('in months are whole months up to the last one, or the year so far', () => {
    expect(ranges(monthPresets, '2026-06-30')).toEqual({
      'Last month': '2026-05 to 2026-05',
      'Last 3 months': '2026-03 to 2026-05',
      'This year': '2026-01 to 2026-06',
    });
  });

  it('have the default in both kinds', () => {
    for (const presets of [dayPresets, monthPresets])
      expect(presets.map(({ id }) => id)).toContain(defaultPreset);
  });
});
