import { describe, expect, it } from 'vitest';
import {
  type CriteriaOptions,
  optionsOf,
  readCriteria,
  usageLine,
} from '../../../electron/cli/criteria-options.ts';
import { nameReports } from '../../../electron/cli/report-names.ts';
import { ALL, type ReportDeclaration } from '../../../electron/contract/report.ts';
import { providers } from '../../../electron/providers/provider-list.ts';

const TODAY = '2026-11-22';
const reports = nameReports(providers.flatMap((provider) => provider.reports));

function named(name: string) {
  const found = reports.find((one) => one.name === name);
  if (!found) throw new Error(`no report ${name}`);
  return found;
}

const read = (name: string, options: Partial<CriteriaOptions>) =>
  readCriteria(named(name), { from: null, to: null, choices: {}, ...options }, TODAY);

const october = { from: '2026-10-01', to: '2026-10-31' };

describe('the criteria of a command line', () => {
  it('fill the period of days', () => {
    expect(read('daily-archives', october)).toEqual({
      ok: true,
      value: { criteria: { period: october }, warnings: [] },
    });
  });

  it('fill the period of months of the report that has them', () => {
    const months = { from: '2026-01', to: '2026-03' };
    expect(read('peak-port-monthly', { ...months, choices: { level: 'partner' } })).toMatchObject({
      value: { criteria: { frequency: 'monthly', level: 'partner', months } },
    });
  });

  it('take the default of a choice that was left out', () => {
    expect(read('peak-port-daily', october)).toMatchObject({ value: { criteria: { level: 'customer' } } });
  });

  it('take "all" for every value of a lookup', () => {
    expect(read('site-files', { choices: { site: 'all', which: 'new' } })).toMatchObject({
      value: { criteria: { site: ALL, which: 'new' } },
    });
  });

  it('warn of a period that the service may no longer keep', () => {
    const old = read('daily-archives', { from: '2025-11-01', to: '2025-11-30' });
    expect(old).toMatchObject({ ok: true, value: { warnings: [expect.stringContaining('365 days')] } });
  });

  it.each([
    ['daily-archives', {}, 'Give --from and --to.'],
    ['daily-archives', { from: '2026-10-01' }, 'Give --from and --to.'],
    ['daily-archives', { from: '2026-10', to: '2026-11' }, 'days such as'],
    ['peak-port-monthly', october, 'months such as'],
    ['daily-archives', { from: '2026-10-31', to: '2026-10-01' }, 'later than --to'],
    ['daily-archives', { from: '2026-11-01', to: '2026-12-01' }, 'in the future'],
    ['daily-archives', { from: '2024-11-01', to: '2026-11-01' }, '366 days'],
    ['daily-archives', { ...october, choices: { site: 'acme' } }, '--site is not for this report'],
    ['site-files', october, 'Give --site'],
    ['site-files', { ...october, choices: { site: 'acme', which: 'old' } }, '--which'],
    ['site-files', { ...october, choices: { site: 'acme', which: 'new' } }, '--from and --to do not go'],
    ['peak-port-daily', { ...october, choices: { frequency: 'monthly' } }, '--frequency is not for'],
    ['peak-port-daily', { ...october, choices: { level: 'world' } }, '--level takes other values'],
    ['site-list', october, '--from and --to do not go'],
    ['pstn', {}, 'offers no way'],
  ])('do not fit %s: %o', (name, options, sentence) => {
    const result = read(name, options);
    expect(result.ok).toBe(false);
    expect(result.ok ? '' : result.failure).toContain(sentence);
  });
});

describe('the usage of a report', () => {
  it.each([
    ['daily-archives', '--from DAY --to DAY'],
    ['site-files', '--site NAME|all [--which new|meeting-date|creation-date] [--from DAY --to DAY]'],
    ['peak-port-monthly', '[--level site|customer|partner] --from MONTH --to MONTH'],
    ['site-list', ''],
  ])('%s takes %s', (name, usage) => {
    expect(usageLine(named(name))).toBe(usage);
  });
});

describe('a typed criterion', () => {
  const report: ReportDeclaration = {
    id: 'records',
    label: 'Records',
    description: '',
    fields: [
      {
        kind: 'text',
        id: 'callLocations',
        label: 'Locations',
        optional: true,
        pattern: { is: '[a-z]+(, [a-z]+)*', otherwise: 'Names with commas between them.' },
      },
      { kind: 'text', id: 'customer', label: 'Customer' },
    ],
  };
  const [records] = nameReports([report]);
  if (!records) throw new Error('no report');
  const readTyped = (choices: Record<string, string>) =>
    readCriteria(records, { from: null, to: null, choices }, TODAY);

  it('has an option under its name in small letters', () => {
    expect(usageLine(records)).toBe('[--call-locations TEXT] --customer TEXT');
    expect(optionsOf(records).map(({ option }) => option)).toEqual(['--call-locations', '--customer']);
    expect(readTyped({ 'call-locations': 'berlin, ulm', customer: 'acme' })).toMatchObject({
      value: { criteria: { callLocations: 'berlin, ulm', customer: 'acme' } },
    });
  });

  it('may be left out where it is optional, and else not', () => {
    expect(readTyped({ customer: 'acme' })).toMatchObject({ value: { criteria: { customer: 'acme' } } });
    expect(readTyped({})).toEqual({ ok: false, failure: 'Give --customer.' });
  });

  it('that looks wrong is refused in the words of its declaration', () => {
    expect(readTyped({ 'call-locations': '?', customer: 'acme' })).toEqual({
      ok: false,
      failure: '--call-locations: Names with commas between them.',
    });
  });
});
