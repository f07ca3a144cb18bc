import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { addDays, daysIn, firstDayOf, lastDayOf } from '../../../electron/contract/calendar.ts';
import { createSampleYear, type SampleFile } from '../../../electron/demo/sample-year.ts';
import { dayAt } from '../../../electron/demo/wire-format.ts';
import { createWorkLane } from '../../../electron/demo/work-lane.ts';

const today = '2026-07-14';
const yearOf = (day: string) => createSampleYear(day, createWorkLane());
const year = await yearOf(today);

const of = (files: readonly SampleFile[] | undefined, period: string): SampleFile => {
  const file = files?.find((candidate) => candidate.period === period);
  if (!file) throw new Error(`no file of ${period}`);
  return file;
};
const periods = (files: readonly SampleFile[]) => files.map((file) => file.period);

describe('sample year', () => {
  it('has 12 sites, one with a blank and one with a letter outside ASCII', () => {
    const names = year.sites.map((site) => site.name);
    expect(new Set(names).size).toBe(12);
    expect(names.filter((name) => name.includes(' '))).toHaveLength(1);
    expect(names.filter((name) => /[^ -~]/.test(name))).toHaveLength(1);
    expect(year.sites.reduce((sum, site) => sum + site.share, 0)).toBeCloseTo(1);
  });

  it('has a CDR file for each site and each of the 365 days before today', () => {
    const days = daysIn({ from: '2025-07-14', to: '2026-07-13' });
    expect(days).toHaveLength(365);
    for (const site of year.sites) expect(periods(year.bySite.get(site.name) ?? [])).toEqual(days);
  });

  it('lacks the archive and the daily Peak Port files of the 17th of last month, and nothing else', () => {
    const days = daysIn({ from: '2025-07-14', to: '2026-07-13' }).filter((day) => day !== '2026-06-17');
    expect(periods(year.archives)).toEqual(days);
    for (const files of Object.values(year.peakDaily)) expect(periods(files)).toEqual(days);
  });

  it('lacks the monthly files of three months ago, and nothing else of the last 12', () => {
    for (const files of Object.values(year.peakMonthly)) {
      expect(periods(files)).toEqual([
        ...['2025-07', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12'],
        ...['2026-01', '2026-02', '2026-03', '2026-05', '2026-06'],
      ]);
    }
  });

  it('names files for the day after (archives), the day before (sites) or the month before their creation', () => {
    for (const file of year.archives) expect(dayAt(file.createdOn)).toBe(addDays(file.period, -1));
    for (const file of year.bySite.get('cedar-labs') ?? []) {
      expect(dayAt(file.createdOn)).toBe(addDays(file.period, 1));
    }
    expect(dayAt(of(year.peakMonthly.site, '2025-12').createdOn)).toBe('2026-01-02');
    expect(of(year.archives, '2026-03-17').name).toBe('CCA_SP_CDR_Daily_20260317.zip');
    expect(of(year.peakMonthly.customer, '2026-03').name).toBe(
      'Annuity_CCA_SP_Peak_Port_Usage_Customer_Calendar_Monthly_202603.csv',
    );
  });

  it('has one file that expires in three days and none that is expired', () => {
    const soon = [...year.byPath.values()].filter((file) => dayAt(file.expiresOn) < addDays(today, 14));
    expect(soon.map((file) => [file.name, dayAt(file.expiresOn)])).toEqual([
      ['CCA_SP_CDR_Daily_20260605.zip', '2026-07-17'],
    ]);
  });

  it('gives every file an id of its own', () => {
    const ids = new Set([...year.byPath.values()].map((file) => file.id));
    expect(ids.size).toBe(12 * 365 + 364 + 3 * 364 + 3 * 11);
  });

  it('makes the same bytes for the same day whenever asked, whatever today is', async () => {
    const other = await yearOf('2026-09-01');
    for (const pick of [
      (from: typeof year) => of(from.archives, '2026-03-18'),
      (from: typeof year) => of(from.bySite.get('Blue Harbor Foods'), '2026-03-18'),
      (from: typeof year) => of(from.peakDaily.customer, '2026-03-18'),
    ]) {
      const bytes = await pick(year).make();
      expect(bytes.equals(await pick(year).make())).toBe(true);
      expect(bytes.equals(await pick(other).make())).toBe(true);
      expect(pick(other).id).toBe(pick(year).id);
    }
  });

  it('has archives that open and hold the very CSV of each site for that day', async () => {
    const entries = unzipSync(await of(year.archives, '2026-03-18').make());
    expect(Object.keys(entries)).toHaveLength(12);
    for (const site of year.sites) {
      const entry = Buffer.from(entries[`${site.name}_CCA_SP_CDR_Daily_20260318.csv`] ?? []);
      expect(entry.equals(await of(year.bySite.get(site.name), '2026-03-18').make())).toBe(true);
      const [headings, ...rows] = entry.toString().trimEnd().split('\n');
      const columns = headings?.split(',').length;
      expect(rows.length).toBeGreaterThan(50);
      for (const row of rows) {
        const fields = row.split(',');
        expect(fields).toHaveLength(columns ?? 0);
        expect(fields[1]).toBe(site.name);
        expect(fields[5]?.slice(0, 10)).toBe('2026-03-18');
      }
    }
  });

  it('has about 34 MB of archives in a month, and less at weekends', async () => {
    const files = year.archives.filter((file) => file.period.startsWith('2026-03'));
    const sizes = new Map<string, number>();
    for (const file of files) sizes.set(file.period, (await file.make()).length);
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(total / 1e6).toBeGreaterThan(31);
    expect(total / 1e6).toBeLessThan(37);
    expect(sizes.get('2026-03-21')).toBeLessThan((sizes.get('2026-03-20') ?? 0) / 2);
  });

  it('has Peak Port files by the hour for a day and by the day for a month', async () => {
    const rowsOf = async (file: SampleFile) => (await file.make()).toString().trimEnd().split('\n').slice(1);
    expect(await rowsOf(of(year.peakDaily.partner, '2026-03-18'))).toHaveLength(24);
    expect(await rowsOf(of(year.peakDaily.site, '2026-03-18'))).toHaveLength(24 * 12);
    const days = daysIn({ from: firstDayOf('2026-02'), to: lastDayOf('2026-02') });
    expect(await rowsOf(of(year.peakMonthly.partner, '2026-02'))).toHaveLength(days.length);
  });

  it('has a site list with pipes, one row a site and a total', () => {
    const [headings, ...rows] = year.siteList.toString().trimEnd().split('\n');
    expect(headings?.split('|')).toHaveLength(8);
    expect(rows.pop()).toBe('Total:12');
    expect(rows.map((row) => row.split('|')[0])).toEqual(year.sites.map((site) => site.name));
    for (const row of rows) expect(row.split('|')[3]).toMatch(/^[0-9A-F]{32}$/);
  });

  it.each(['2024-02-29', '2026-01-01', '2026-03-31'])(
    'covers 365 days and 12 months before %s',
    async (day) => {
      const edge = await yearOf(day);
      expect(edge.bySite.get('cedar-labs')).toHaveLength(365);
      expect(edge.archives).toHaveLength(364);
      expect(edge.peakMonthly.site).toHaveLength(11);
    },
  );
});
