import { describe, expect, it } from 'vitest';
import { nameReports } from '../../../electron/cli/report-names.ts';
import { providers } from '../../../electron/providers/provider-list.ts';
import { archives, peaks } from '../../renderer/find/reports.ts';

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
    expect(nameReports([peaks]).map(({ name, fixed }) => [name, fixed])).toEqual([
      ['peaks-daily', { frequency: 'daily' }],
      ['peaks-monthly', { frequency: 'monthly' }],
    ]);
  });

  it('are the ids where no choice decides that', () => {
    expect(nameReports([archives]).map(({ name, fixed }) => [name, fixed])).toEqual([['archives', {}]]);
  });
});
