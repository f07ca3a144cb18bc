import { describe, expect, it } from 'vitest';
import { nameReports } from '../../../electron/cli/report-names.ts';
import type { PeriodField, ReportDeclaration } from '../../../electron/contract/report.ts';
import { providers } from '../../../electron/providers/provider-list.ts';

const period = (kind: 'days' | 'months', frequency: string): PeriodField => ({
  kind,
  id: kind,
  label: 'Period',
  keptDays: 365,
  longest: 24,
  shownWhen: { field: 'frequency', is: [frequency] },
});

const report: ReportDeclaration = {
  id: 'calls',
  label: 'Calls',
  description: '',
  fields: [
    {
      kind: 'choice',
      id: 'frequency',
      label: 'Frequency',
      options: [
        { value: 'daily', label: 'Daily' },
        { value: 'monthly', label: 'Monthly' },
      ],
      default: 'daily',
    },
    period('days', 'daily'),
    period('months', 'monthly'),
  ],
};

describe('the names of reports', () => {
  it('are those that the documentation promises for Cisco CCA', () => {
    const names = nameReports(providers.flatMap(({ reports }) => reports)).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'daily-archives',
        'site-files',
        'peak-port-daily',
        'peak-port-monthly',
        'site-list',
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('say the choice that decides between days and months', () => {
    expect(nameReports([report]).map(({ name, fixed }) => [name, fixed])).toEqual([
      ['calls-daily', { frequency: 'daily' }],
      ['calls-monthly', { frequency: 'monthly' }],
    ]);
  });

  it('are the ids where no choice decides that', () => {
    const onlyDays = { ...report, fields: report.fields.filter(({ kind }) => kind !== 'months') };
    expect(nameReports([onlyDays]).map(({ name, fixed }) => [name, fixed])).toEqual([['calls', {}]]);
  });
});
