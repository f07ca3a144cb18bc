/** The ready-made periods. All but those that begin with "This" end before today, so that they are complete. */
import {
  addDays,
  addMonths,
  type Day,
  firstDayOf,
  lastDayOf,
  monthOf,
  type Range,
} from '../../electron/contract/calendar.ts';
import type { PeriodField } from '../../electron/contract/report.ts';
import { plural } from '../words/plural.ts';

export type PresetId =
  | 'yesterday'
  | 'last-7-days'
  | 'last-kept-days'
  | 'this-month'
  | 'last-month'
  | 'last-3-months'
  | 'this-year';

export interface Preset {
  readonly id: PresetId;
  readonly label: string;
  /** The most days or months that it spans. */
  readonly spans: number;
  /** The period it stands for when the person's calendar says `today`. */
  range(today: Day): Range;
}

const LONGEST_MONTH = 31;
/** How many days back the last month can begin: on 31 August, for one. */
const LAST_MONTH_REACH = 61;
/** A day may begin earlier for the service than for the person, and the oldest one is gone in part. */
const SPARE_DAYS = 2;

export const dayPresets: readonly Preset[] = [
  { id: 'yesterday', label: 'Yesterday', spans: 1, range: (today) => same(addDays(today, -1)) },
  { id: 'last-7-days', label: 'Last 7 days', spans: 7, range: (today) => daysUpToYesterday(7, today) },
  {
    id: 'this-month',
    label: 'This month',
    spans: LONGEST_MONTH,
    range: (today) => ({ from: firstDayOf(monthOf(today)), to: today }),
  },
  {
    id: 'last-month',
    label: 'Last month',
    spans: LONGEST_MONTH,
    range: (today) => {
      const month = addMonths(monthOf(today), -1);
      return { from: firstDayOf(month), to: lastDayOf(month) };
    },
  },
];

export const monthPresets: readonly Preset[] = [
  { id: 'last-month', label: 'Last month', spans: 1, range: (today) => same(addMonths(monthOf(today), -1)) },
  {
    id: 'last-3-months',
    label: 'Last 3 months',
    spans: 3,
    range: (today) => ({ from: addMonths(monthOf(today), -3), to: addMonths(monthOf(today), -1) }),
  },
  {
    id: 'this-year',
    label: 'This year',
    spans: 12,
    range: (today) => ({ from: `${today.slice(0, 4)}-01`, to: monthOf(today) }),
  },
];

/** What the ready-made periods of a field depend on. */
type Limits = Pick<PeriodField, 'kind' | 'keptDays' | 'longest'>;

/** The days that are surely there as a whole, where the last month may be gone in part; null elsewhere. */
function lastKeptDays({ kind, keptDays }: Limits): Preset | null {
  if (kind === 'months' || keptDays >= LAST_MONTH_REACH) return null;
  const count = Math.max(1, keptDays - SPARE_DAYS);
  return {
    id: 'last-kept-days',
    label: `Last ${plural(count, 'day')}`,
    spans: count,
    range: (today) => daysUpToYesterday(count, today),
  };
}

/** The ready-made periods of a field, without those that are more than one question may span. */
export function presetsOf(field: Limits): readonly Preset[] {
  const lastKept = lastKeptDays(field);
  const all =
    field.kind === 'months'
      ? monthPresets
      : dayPresets.flatMap((preset) =>
          preset.id === 'this-month' && lastKept ? [lastKept, preset] : [preset],
        );
  return all.filter(({ spans }) => spans <= field.longest);
}

/** In this order, the first that a field has is the period that its form starts with. */
const defaults: readonly PresetId[] = ['last-kept-days', 'last-month', 'last-7-days', 'yesterday'];

/** The period that a form starts with: one that can be asked for, and that nothing is missing from. */
export function defaultPresetOf(field: Limits): PresetId {
  const offered = presetsOf(field);
  return defaults.find((wanted) => offered.some(({ id }) => id === wanted)) ?? 'last-month';
}

const same = (date: string): Range => ({ from: date, to: date });

const daysUpToYesterday = (count: number, today: Day): Range => ({
  from: addDays(today, -count),
  to: addDays(today, -1),
});
