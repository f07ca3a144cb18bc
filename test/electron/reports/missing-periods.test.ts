import { describe, expect, it } from 'vitest';
import { addDays, daysIn, type Range } from '../../../electron/contract/calendar.ts';
import type { FoundFile } from '../../../electron/contract/report.ts';
import { missingPeriods } from '../../../electron/reports/missing-periods.ts';

function file(nameDate: string | null, created: string | null): FoundFile {
  return {
    id: `${nameDate} ${created}`,
    name: 'a.csv',
    size: 1,
    md5: null,
    createdOn: created === null ? null : { time: Date.parse(`${created}T23:30:00Z`), approximate: false },
    expiresOn: null,
    nameDate,
    site: null,
    attempts: 0,
    downloadable: true,
  };
}

const days = (from: string, to: string): Range & { unit: 'day' } => ({ unit: 'day', from, to });
const months = (from: string, to: string): Range & { unit: 'month' } => ({ unit: 'month', from, to });
const march = days('2026-03-01', '2026-03-31');
/** Later than anything asked for. */
const today = '2026-06-15';

describe('missingPeriods', () => {
  it('names the days without a file, in order', () => {
    const files = daysIn(march)
      .filter((day) => day !== '2026-03-17' && day !== '2026-03-04')
      .map((day) => file(day, day));
    expect(missingPeriods(march, files, today)).toEqual(['2026-03-04', '2026-03-17']);
  });

  it('names every day where nothing was found', () => {
    expect(missingPeriods(days('2026-03-01', '2026-03-03'), [], today)).toHaveLength(3);
  });

  it.each([
    ['the name, when the service lists by name', 0],
    ['the creation, when the service lists by creation', 1],
  ])('goes by %s', (_, shift) => {
    // Named for the day after creation: one end of the period is met by one reading only.
    const files = daysIn(march)
      .map((day) => (shift === 0 ? file(day, addDays(day, -1)) : file(addDays(day, 1), day)))
      .filter((one) => one.nameDate !== '2026-03-18');
    expect(missingPeriods(march, files, today)).toEqual([shift === 0 ? '2026-03-18' : '2026-03-17']);
  });

  it('goes by the name when both readings do alike', () => {
    const files = [file('2026-03-02', '2026-03-01')];
    expect(missingPeriods(days('2026-03-01', '2026-03-02'), files, today)).toEqual(['2026-03-01']);
  });

  it('does not miss what cannot be there yet: today and later', () => {
    const period = days('2026-06-12', '2026-06-16');
    expect(missingPeriods(period, [file('2026-06-12', '2026-06-12')], today)).toEqual([
      '2026-06-13',
      '2026-06-14',
    ]);
  });

  it('lets files without a date alone', () => {
    expect(missingPeriods(days('2026-03-01', '2026-03-01'), [file(null, null)], today)).toEqual([
      '2026-03-01',
    ]);
  });

  it('names months without a file, by the month in the name', () => {
    const files = [file('2026-01', '2026-02-02'), file('2026-03', '2026-04-02')];
    expect(missingPeriods(months('2026-01', '2026-03'), files, today)).toEqual(['2026-02']);
  });

  it('takes a monthly file without a name for the month before its creation', () => {
    const files = [file(null, '2026-01-02'), file(null, '2026-03-02')];
    expect(missingPeriods(months('2025-12', '2026-02'), files, today)).toEqual(['2026-01']);
  });

  it('does not miss the current month', () => {
    expect(missingPeriods(months('2026-05', '2026-06'), [], today)).toEqual(['2026-05']);
  });
});
