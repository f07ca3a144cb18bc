import type { ChoiceField, ShownWhen } from '../contract/report.ts';

/** How a CSV that is made here is written: values `yes` and `no` of `bom` and `safe`. */
export const csvChoices = (shownWhen: ShownWhen): readonly ChoiceField[] => [
  {
    kind: 'choice',
    id: 'bom',
    label: 'Mark as UTF-8',
    options: [
      { value: 'yes', label: 'Yes', help: 'Excel then reads letters such as é and ü right.' },
      { value: 'no', label: 'No', help: 'For programs that do not expect a byte order mark.' },
    ],
    default: 'yes',
    shownWhen,
  },
  {
    kind: 'choice',
    id: 'safe',
    label: 'Safe for spreadsheets',
    options: [
      { value: 'no', label: 'No', help: 'Values stay exactly as they are, for other programs.' },
      {
        value: 'yes',
        label: 'Yes',
        help: 'An apostrophe before = + - @ keeps them from acting as formulas.',
      },
    ],
    default: 'no',
    shownWhen,
  },
];
