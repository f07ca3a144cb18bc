import { describe, expect, it } from 'vitest';
import { ALL, type PeriodField } from '../../../electron/contract/report.ts';
import {
  type Draft,
  type DraftContext,
  periodTexts,
  readDraft,
  readPeriod,
} from '../../../renderer/ui/criteria-form-draft.ts';
import { archives, customerFiles, extensions, peaks, siteFiles } from './reports.ts';

const context: DraftContext = { today: '2026-03-17', order: 'day-month-year' };
const typed = (from: string, to: string): Draft => ({ period: { preset: null, from, to } });
const field = archives.fields[0] as PeriodField;

describe('reading the form', () => {
  it('gives an untouched form its defaults: last month, the default choice, all of a lookup', () => {
    expect(readDraft(archives, {}, context).criteria).toEqual({
      period: { from: '2026-02-01', to: '2026-02-28' },
    });
    expect(readDraft(peaks, {}, context).criteria).toEqual({
      frequency: 'daily',
      days: { from: '2026-02-01', to: '2026-02-28' },
    });
    expect(readDraft(siteFiles, {}, context).criteria).toEqual({ site: ALL });
  });

  it('keeps only the fields that are shown', () => {
    const draft: Draft = { frequency: 'monthly', days: { preset: null, from: 'nonsense', to: '' } };
    const reading = readDraft(peaks, draft, context);
    expect(reading.criteria).toEqual({ frequency: 'monthly', months: { from: '2026-02', to: '2026-02' } });
    expect(reading.ready).toBe(true);
  });

  it('lets a preset move with the calendar, and leaves a typed period alone', () => {
    const later = '2026-04-01';
    expect(periodTexts(field, { period: { preset: 'last-month' } }, later)).toEqual({
      from: '2026-03-01',
      to: '2026-03-31',
    });
    expect(periodTexts(field, typed('1/3/2026', '2/3/2026'), later)).toMatchObject({
      from: '1/3/2026',
      to: '2/3/2026',
    });
  });

  it('takes a text without the spaces around it, and leaves an empty one out', () => {
    expect(readDraft(extensions, { numbers: ' 1001, 1002 ' }, context)).toEqual({
      criteria: { numbers: '1001, 1002' },
      ready: true,
      remarks: {},
    });
    expect(readDraft(extensions, { numbers: '  ' }, context)).toMatchObject({ criteria: {}, ready: true });
  });

  it('says of a text that is not as wanted what its declaration says', () => {
    const reading = readDraft(extensions, { numbers: '1001; 1002' }, context);
    expect(reading.ready).toBe(false);
    expect(reading.remarks.numbers?.error).toBe('Type numbers with commas between them.');
  });

  it('reads what was typed, in whatever form', () => {
    expect(readDraft(archives, typed('1/3/2026', '17 March 2026'), context)).toEqual({
      criteria: { period: { from: '2026-03-01', to: '2026-03-17' } },
      ready: true,
      remarks: {},
    });
  });

  it('points at the box that can not be read, and is not ready', () => {
    const reading = readDraft(archives, typed('31/02/2026', '2026-03-01'), context);
    expect(reading.ready).toBe(false);
    expect(reading.remarks.period?.from).toMatch(/^There is no such date/);
    expect(reading.remarks.period?.to).toBeUndefined();
  });

  it('points at both boxes when both are empty', () => {
    const reading = readDraft(archives, typed('', ' '), context);
    expect(Object.keys(reading.remarks.period ?? {})).toEqual(['from', 'to']);
  });

  it.each([
    ['a period that runs backwards', '2026-03-02', '2026-03-01'],
    ['the future', '2026-03-01', '2026-03-18'],
    ['a period that is too long', '2026-01-01', '2026-03-17'],
  ])('refuses %s with a sentence about the period', (_what, from, to) => {
    const reading = readDraft(archives, typed(from, to), context);
    expect(reading.ready).toBe(false);
    expect(reading.remarks.period?.error).toMatch(/\.$/);
  });

  it('warns of days that may be gone, and is ready all the same', () => {
    const reading = readDraft(archives, typed('2025-03-01', '2025-03-31'), context);
    expect(reading.ready).toBe(true);
    expect(reading.remarks.period?.warning).toContain('365 days');
  });

  it('wants a choice from a lookup that has no choice for all', () => {
    expect(readDraft(customerFiles, {}, context).ready).toBe(false);
    expect(readDraft(customerFiles, {}, context).remarks.customer?.error).toBeDefined();
    expect(readDraft(customerFiles, { customer: 'acme' }, context).ready).toBe(true);
  });

  it('wants a choice again when the one of a lookup was emptied', () => {
    expect(readDraft(siteFiles, { site: '' }, context).ready).toBe(false);
  });

  it('tells the ends of a period that can be read, even when the whole is refused', () => {
    expect(readPeriod(field, typed('17 March 2026', '1/3/2026'), context)).toEqual({
      from: '2026-03-17',
      to: '2026-03-01',
    });
    expect(readPeriod(field, typed('2026-03-1', 'x'), context)).toEqual({ from: '2026-03-01' });
  });
});
