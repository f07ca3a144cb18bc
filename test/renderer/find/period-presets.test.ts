import { describe, expect, it } from 'vitest';
import { addDays } from '../../../electron/contract/calendar.ts';
import { providers } from '../../../electron/providers/provider-list.ts';
import { readDraft } from '../../../renderer/ui/criteria-form-draft.ts';
import {
  dayPresets,
  defaultPresetOf,
  monthPresets,
  type Preset,
  presetsOf,
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

  it('have one with all that is surely kept where the last month may be gone in part', () => {
    const brief = { kind: 'days', keptDays: 30, longest: 31 } as const;
    expect(ranges(presetsOf(brief), '2026-03-17')).toEqual({
      ...ranges(dayPresets, '2026-03-17'),
      'Last 28 days': '2026-02-17 to 2026-03-16',
    });
    expect(defaultPresetOf(brief)).toBe('last-kept-days');
    expect(presetsOf({ ...brief, keptDays: 365 })).toEqual(dayPresets);
    expect(presetsOf({ ...brief, kind: 'months' })).toEqual(monthPresets);
  });

  it('are none that can not be asked for', () => {
    const labels = (longest: number) =>
      presetsOf({ kind: 'days', keptDays: 365, longest }).map(({ label }) => label);
    expect(labels(1)).toEqual(['Yesterday']);
    expect(labels(30)).toEqual(['Yesterday', 'Last 7 days']);
    expect(labels(31)).toEqual(['Yesterday', 'Last 7 days', 'This month', 'Last month']);
  });

  it('have the default among them', () => {
    for (const kind of ['days', 'months'] as const) {
      for (const [keptDays, longest] of [
        [30, 31],
        [365, 366],
        [365, 1],
        [365, 7],
      ] as const) {
        const field = { kind, keptDays, longest };
        expect(presetsOf(field).map(({ id }) => id)).toContain(defaultPresetOf(field));
      }
    }
  });

  it('begin every form of every system without a warning, whatever the day', () => {
    const periods = providers.flatMap(({ reports }) =>
      reports.flatMap((report) =>
        report.fields.flatMap((field) => (field.kind === 'days' || field.kind === 'months' ? [field] : [])),
      ),
    );
    expect(periods.length).toBeGreaterThan(4);
    // Each on its own: a form shows only some of them at a time.
    for (const field of periods) {
      const { shownWhen: _, ...shown } = field;
      const report = { id: 'one', label: '', description: '', fields: [shown] };
      for (let today = '2026-01-01'; today < '2028-03-05'; today = addDays(today, 1)) {
        const { ready, remarks } = readDraft(report, {}, { today, order: 'year-month-day' });
        expect({ today, ready, remarks }).toEqual({ today, ready: true, remarks: {} });
      }
    }
  });
});
