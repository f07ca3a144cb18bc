import { describe, expect, it } from 'vitest';
import {
  checkCriteria,
  completeCriteria,
  shownFields,
} from '../../../../electron/contract/check-criteria.ts';
import { ALL, type Criteria } from '../../../../electron/contract/report.ts';
import { createCiscoCca } from '../../../../electron/providers/cisco-cca/index.ts';
import { titleOf } from '../../../../electron/providers/cisco-cca/title.ts';
import { providers } from '../../../../electron/providers/provider-list.ts';

const provider = createCiscoCca();
const report = (id: string) => {
  const found = provider.reports.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const fieldsShown = (id: string, criteria: Criteria) =>
  shownFields(report(id), completeCriteria(report(id), criteria)).map((field) => field.id);

describe('the declaration', () => {
  it('offers every report of the service in its order', () => {
    expect(provider.reports.map(({ id, label }) => [id, label])).toEqual([
      ['daily-archives', 'Daily CDR archives (ZIP)'],
      ['site-files', 'CDR files of a site'],
      ['peak-port', 'Peak Port files'],
      ['site-list', 'Active site list'],
      ['pstn', 'PSTN CDR files'],
    ]);
  });

  it('shows PSTN files with the reason why they cannot be had', () => {
    expect(report('pstn').unavailable).toMatch(/no way to fetch/);
    expect(provider.reports.filter((one) => one.unavailable !== undefined)).toHaveLength(1);
  });

  it('asks for a period of site files only where it has a meaning', () => {
    expect(fieldsShown('site-files', {})).toEqual(['site', 'which', 'period']);
    expect(fieldsShown('site-files', { which: 'new' })).toEqual(['site', 'which']);
  });

  it('asks for days of daily and for months of monthly Peak Port files', () => {
    expect(fieldsShown('peak-port', {})).toEqual(['frequency', 'level', 'period']);
    expect(fieldsShown('peak-port', { frequency: 'monthly' })).toEqual(['frequency', 'level', 'months']);
  });

  it('allows a whole leap year of days and two years of months, and no more', () => {
    const problems = (id: string, criteria: Criteria) =>
      checkCriteria(report(id), criteria, '2025-12-31').problems.map(({ code }) => code);
    expect(problems('daily-archives', { period: { from: '2024-01-01', to: '2024-12-31' } })).toEqual([]);
    expect(problems('daily-archives', { period: { from: '2024-01-01', to: '2025-01-01' } })).toEqual([
      'too-long',
    ]);
    const monthly = (from: string) => ({ frequency: 'monthly', months: { from, to: '2025-12' } });
    expect(problems('peak-port', monthly('2024-01'))).toEqual([]);
    expect(problems('peak-port', monthly('2023-12'))).toEqual(['too-long']);
  });

  it('marks the password, and nothing else, as secret', () => {
    expect(provider.signIn.fields.map(({ id, secret }) => [id, secret])).toEqual([
      ['accountName', false],
      ['accountPassword', true],
    ]);
  });
});

describe('the server address', () => {
  it('is the documented one when nothing is typed', () => {
    expect(provider.readAddress('  ')).toEqual({ ok: true, value: 'https://pcsprod.webex.com/pcs/api' });
  });

  it('loses the slash at its end', () => {
    expect(provider.readAddress('https://pcsprod.webex.com/pcs/api/')).toEqual({
      ok: true,
      value: 'https://pcsprod.webex.com/pcs/api',
    });
  });

  it('may be plain http on this computer itself only', () => {
    expect(provider.readAddress('http://127.0.0.1:8080/pcs/api')).toMatchObject({ ok: true });
    expect(provider.readAddress('http://pcsprod.webex.com/pcs/api')).toMatchObject({
      failure: { code: 'bad-address' },
    });
  });
});

describe('the account name', () => {
  it('is what was typed, without blanks around it, and never the password', () => {
    expect(provider.accountName({ accountName: ' acme-machine ', accountPassword: 'x' })).toBe(
      'acme-machine',
    );
    expect(provider.accountName({ accountPassword: 'x' })).toBe('');
  });
});

describe('a title', () => {
  it.each<[string, Criteria, string]>([
    ['daily-archives', { period: { from: 'a', to: 'b' } }, 'Daily CDR archives (ZIP)'],
    ['site-files', { site: 'acme', which: 'new' }, 'CDR files of acme, new files'],
    ['site-files', { site: ALL, which: 'meeting-date' }, 'CDR files of all sites, by meeting date'],
    ['site-files', { site: 'acme', which: 'creation-date' }, 'CDR files of acme, by creation date'],
    ['site-files', {}, 'CDR files of a site'],
    ['peak-port', { frequency: 'daily', level: 'customer' }, 'Peak Port files, daily, customer level'],
    ['peak-port', {}, 'Peak Port files'],
    ['site-list', {}, 'Active site list'],
    ['of-a-later-version', {}, 'of-a-later-version'],
  ])('of %s with %j is %s', (reportId, criteria, title) => {
    expect(titleOf(reportId, criteria)).toBe(title);
  });
});

describe('the list of providers', () => {
  it('begins with Cisco CCA', () => {
    expect(providers[0]?.signIn).toMatchObject({ provider: 'cisco-cca', label: 'Cisco CCA' });
  });

  it('has no id twice', () => {
    expect(new Set(providers.map((one) => one.signIn.provider)).size).toBe(providers.length);
  });
});
