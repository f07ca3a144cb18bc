import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../../electron/contract/calendar.ts';
import { checkCriteria, completeCriteria, shownFields } from '../../../electron/contract/check-criteria.ts';
import { ALL, type Criteria, type ReportDeclaration } from '../../../electron/contract/report.ts';

const TODAY = '2026-03-15';

const report: ReportDeclaration = {
  id: 'site-files',
  label: 'CDR files of a site',
  description: '',
  fields: [
    { kind: 'lookup', id: 'site', label: 'Site', allLabel: 'All sites' },
    {
      kind: 'choice',
      id: 'which',
      label: 'Which files',
      options: [
        { value: 'new', label: 'New files' },
        { value: 'created', label: 'By creation date' },
        { value: 'monthly', label: 'By month' },
      ],
      default: 'new',
    },
    {
      kind: 'days',
      id: 'days',
      label: 'Days',
      keptDays: 365,
      longest: 400,
      shownWhen: { field: 'which', is: ['created'] },
    },
    {
      kind: 'months',
      id: 'months',
      label: 'Months',
      keptDays: 365,
      longest: 24,
      shownWhen: { field: 'which', is: ['monthly'] },
    },
  ],
};

const check = (criteria: Criteria) => checkCriteria(report, criteria, TODAY);
const days = (from: string, to: string): Criteria => ({ site: 'acme', which: 'created', days: { from, to } });
const months = (from: string, to: string): Criteria => ({
  site: 'acme',
  which: 'monthly',
  months: { from, to },
});
const fine = { problems: [], warnings: [] };

describe('the fields of a form', () => {
  it('are those that the other choices show', () => {
    const idsFor = (which: string) => shownFields(report, { which }).map(({ id }) => id);
    expect(idsFor('new')).toEqual(['site', 'which']);
    expect(idsFor('created')).toEqual(['site', 'which', 'days']);
    expect(idsFor('monthly')).toEqual(['site', 'which', 'months']);
  });

  it('get their defaults, and what is not shown is left out', () => {
    const period = { from: '2026-01-01', to: '2026-01-31' };
    expect(completeCriteria(report, { site: 'acme', days: period, unknown: 'x' })).toEqual({
      site: 'acme',
      which: 'new',
    });
    expect(completeCriteria(report, { which: 'created', days: period })).toEqual({
      which: 'created',
      days: period,
    });
  });
});

describe('criteria', () => {
  it.each([
    [{ site: 'acme' }],
    [{ site: ALL }],
    [days('2026-03-01', '2026-03-15')],
    [days('2026-03-15', '2026-03-15')],
    [months('2026-01', '2026-03')],
    [{ site: 'acme', which: 'new', days: { from: 'nonsense', to: '' } }],
  ])('pass: %j', (criteria) => {
    expect(check(criteria)).toEqual(fine);
  });

  it.each<[string, Criteria, string]>([
    ['missing', {}, 'site'],
    ['missing', { site: '' }, 'site'],
    ['missing', { site: { from: '', to: '' } }, 'site'],
    ['not-an-option', { site: 'acme', which: 'other' }, 'which'],
    ['missing', { site: 'acme', which: 'created' }, 'days'],
    ['missing', { site: 'acme', which: 'created', days: 'text' }, 'days'],
    ['missing', days('', '2026-03-01'), 'days'],
    ['missing', days('2026-03-01', ''), 'days'],
    ['not-a-date', days('2026-02-29', '2026-03-01'), 'days'],
    ['not-a-date', days('2026-02', '2026-03'), 'days'],
    ['not-a-date', months('2026-01-01', '2026-02-01'), 'months'],
    ['from-after-to', days('2026-03-02', '2026-03-01'), 'days'],
    ['from-after-to', months('2026-03', '2026-02'), 'months'],
    ['in-the-future', days('2026-03-01', '2026-03-16'), 'days'],
    ['in-the-future', months('2026-03', '2026-04'), 'months'],
  ])('have the problem %s: %j', (code, criteria, fieldId) => {
    expect(check(criteria)).toEqual({ problems: [{ fieldId, code }], warnings: [] });
  });

  it('may span as long as allowed, and not longer', () => {
    expect(check(days(addDays(TODAY, -399), TODAY)).problems).toEqual([]);
    expect(check(days(addDays(TODAY, -400), TODAY)).problems).toEqual([
      { fieldId: 'days', code: 'too-long', limit: 400 },
    ]);
    expect(check(months('2024-04', '2026-03')).problems).toEqual([]);
    expect(check(months('2024-03', '2026-03')).problems).toEqual([
      { fieldId: 'months', code: 'too-long', limit: 24 },
    ]);
  });

  it('that begin before what the service keeps are warned of, not stopped', () => {
    expect(check(days('2025-03-15', '2025-03-20'))).toEqual(fine);
    expect(check(days('2025-03-14', '2025-03-20'))).toEqual({
      problems: [],
      warnings: [{ fieldId: 'days', code: 'older-than-kept', limit: 365 }],
    });
    expect(check(months('2025-03', '2025-04'))).toEqual(fine);
    expect(check(months('2025-02', '2025-04')).warnings).toHaveLength(1);
  });

  it('may ask for all only where the report offers it', () => {
    const oneOnly: ReportDeclaration = { ...report, fields: [{ kind: 'lookup', id: 'site', label: 'Site' }] };
    expect(checkCriteria(oneOnly, { site: ALL }, TODAY).problems).toEqual([
      { fieldId: 'site', code: 'not-an-option' },
    ]);
  });

  it('tell each problem that there is', () => {
    expect(check({ which: 'created' }).problems.map(({ fieldId }) => fieldId)).toEqual(['site', 'days']);
  });

  it('pass exactly if the days are in order, not in the future and not too many', () => {
    const offset = fc.integer({ min: -900, max: 5 });
    fc.assert(
      fc.property(offset, offset, (a, b) => {
        const [from, to] = [addDays(TODAY, a), addDays(TODAY, b)];
        const { problems, warnings } = check(days(from, to));
        const passes = a <= b && b <= 0 && daysBetween(from, to) < 400;
        expect(problems).toHaveLength(passes ? 0 : 1);
        expect(warnings).toHaveLength(passes && a < -365 ? 1 : 0);
      }),
    );
  });
});
