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

export type PresetId =
  | 'yesterday'
  | 'last-7-days'
  | 'this-month'
  | 'last-month'
  | 'last-3-months'
  | 'this-year';

export interface Preset {
  readonly id: PresetId;
  readonly label: string;
  /** The period it stands for when the person's calendar says `today`. */
  range(today: Day): Range;
}

export const dayPresets: readonly Preset[] = [
  { id: 'yesterday', label: 'Yesterday', range: (today) => same(addDays(today, -1)) },
  {
    id: 'last-7-days',
    label: 'Last 7 days',
    range: (today) => ({ from: addDays(today, -7), to: addDays(today, -1) }),
  },
  {
    id: 'this-month',
    label: 'This month',
    range: (today) => ({ from: firstDayOf(monthOf(today)), to: today }),
  },
  {
    id: 'last-month',
    label: 'Last month',
    range: (today) => {
      const month = addMonths(monthOf(today), -1);
      return { from: firstDayOf(month), to: lastDayOf(month) };
    },
  },
];

export const monthPresets: readonly Preset[] = [
  { id: 'last-month', label: 'Last month', range: (today) => same(addMonths(monthOf(today), -1)) },
  {
    id: 'last-3-months',
    label: 'Last 3 months',
    range: (today) => ({ from: addMonths(monthOf(today), -3), to: addMonths(monthOf(today), -1) }),
  },
  {
    id: 'this-year',
    label: 'This year',
    range: (today) => ({ from: `${today.slice(0, 4)}-01`, to: monthOf(today) }),
  },
];

/** The period that a form starts with. Every kind of period has it. */
export const defaultPreset: PresetId = 'last-month';

export const presetsOf = (kind: 'days' | 'months'): readonly Preset[] =>
  kind === 'days' ? dayPresets : monthPresets;

const same = (date: string): Range => ({ from: date, to: date });
