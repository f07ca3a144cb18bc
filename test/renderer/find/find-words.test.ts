import { describe, expect, it } from 'vitest';
import type { FindProgress } from '../../../electron/contract/report.ts';
import {
  failedSitesText,
  fold,
  incompleteText,
  missingTexts,
  nothingFoundAdvice,
} from '../../../renderer/features/find/coverage-words.ts';
import { dateOrder, expiry, fileDate } from '../../../renderer/features/find/file-words.ts';
import {
  downloadLabel,
  forecastText,
  foundText,
  openSizesText,
  progressPercent,
  progressText,
  selectedText,
  sumSizes,
  titleText,
} from '../../../renderer/features/find/found-words.ts';
import { archives, customerFiles, extensions, peaks, siteList } from './reports.ts';

const today = '2026-11-22';

const sized = (...sizes: (number | null)[]) => sizes.map((size, i) => ({ id: `f${i}`, size }));
const progress = (more: Partial<FindProgress>): FindProgress => ({
  findId: 'a',
  found: 0,
  announced: null,
  partsDone: 0,
  nextTryAt: null,
  parts: 1,
  ...more,
});

describe('what was found', () => {
  it('is told in files and bytes', () => {
    expect(foundText(Array.from({ length: 31 }, () => ({ size: 1_116_129 })))).toBe(
      '31 files found, 34.6 MB',
    );
    expect(foundText(sized(1_200))).toBe('1 file found, 1.2 kB');
    expect(foundText([])).toBe('No files found');
  });

  it('leaves unknown sizes out rather than calling them nothing', () => {
    expect(foundText(sized(null))).toBe('1 file found');
    expect(foundText(sized(2_000, null))).toBe('2 files found, at least 2.0 kB');
    expect(sumSizes(sized(2_000, null, 3))).toEqual({ bytes: 2_003, unknown: 1 });
  });

  it('will be made, where it is not there before it is downloaded', () => {
    expect(foundText(sized(null, null), true)).toBe('2 files will be made');
    expect(foundText(sized(null), true)).toBe('1 file will be made');
    expect(foundText([], true)).toBe('No files found');
  });

  it('says plainly which sizes are not known before they are made', () => {
    expect(openSizesText(sized(null))).toBe('Its size is known when it is made.');
    expect(openSizesText(sized(null, null))).toBe('Their sizes are known when they are made.');
    expect(openSizesText(sized(null, 2_000))).toBe('The size of 1 of them is known when they are made.');
    expect(openSizesText(sized(2_000))).toBe('');
  });

  it('says how long the ticked files take to be made', () => {
    const files = [{ id: 'a', makingMs: 40 * 60_000 }, { id: 'b', makingMs: 30 * 60_000 }, { id: 'c' }];
    const [a] = files;
    expect(forecastText(files.slice(0, 2), new Set(['a', 'b']), 1)).toBe(
      'Making these 2 files takes about 70 minutes.',
    );
    expect(forecastText(a ? [a] : [], new Set(['a']), 1)).toBe('Making this file takes about 40 minutes.');
    expect(forecastText(files, new Set(['a', 'b', 'c']), 1)).toBe(
      'Making these 3 files takes about 70 minutes, or more.',
    );
    expect(forecastText(files, new Set(['c']), 1)).toBe('');
    expect(forecastText(files, new Set(), 1)).toBe('');
  });

  it('says which files it means when only some of the list are ticked', () => {
    const files = [{ id: 'a', makingMs: 40 * 60_000 }, { id: 'b', makingMs: 30 * 60_000 }, { id: 'c' }];
    expect(forecastText(files, new Set(['a']), 1)).toBe('Making the selected file takes about 40 minutes.');
    expect(forecastText(files, new Set(['a', 'b']), 1)).toBe(
      'Making the 2 selected files takes about 70 minutes.',
    );
  });

  it('forecasts as many files side by side as are made at once', () => {
    const files = [40, 30, 10, 10].map((minutes, id) => ({ id: `${id}`, makingMs: minutes * 60_000 }));
    const all = new Set(files.map(({ id }) => id));
    const forecast = (atOnce: number) => forecastText(files, all, atOnce).match(/\d+ \w+\./)?.[0];
    expect([1, 2, 3, 4, 20].map(forecast)).toEqual([
      '90 minutes.',
      '50 minutes.',
      '40 minutes.',
      '40 minutes.',
      '40 minutes.',
    ]);
  });

  it('says for which report and period', () => {
    const period = { unit: 'day', from: '2026-03-01', to: '2026-03-31' } as const;
    expect(titleText({ title: 'Archives', period })).toBe('Archives, 1 March 2026 to 31 March 2026');
    expect(titleText({ title: 'Site list', period: null })).toBe('Site list');
    const month = { unit: 'month', from: '2026-03', to: '2026-03' } as const;
    expect(titleText({ title: 'Peak Ports', period: month })).toBe('Peak Ports, March 2026');
  });
});

describe('the selection', () => {
  it('is counted on the button', () => {
    expect(downloadLabel(1)).toBe('Download 1 file');
    expect(downloadLabel(31)).toBe('Download 31 files');
    expect(downloadLabel(1_204)).toBe('Download 1,204 files');
  });

  it('is summed beside it, unless it is the whole list', () => {
    const files = sized(1_000, 2_000, null);
    expect(selectedText(files, new Set(['f0', 'f1', 'f2']))).toBe('');
    expect(selectedText(files, new Set(['f1']))).toBe('1 of 3 files selected, 2.0 kB');
    expect(selectedText(files, new Set(['f2']))).toBe('1 of 3 files selected');
    expect(selectedText(files, new Set())).toBe('Tick at least one file to download it.');
  });
});

describe('progress', () => {
  it('tells files and parts', () => {
    expect(progressText(progress({ found: 1_200, announced: 3_400, partsDone: 2, parts: 12 }))).toBe(
      'Looking: 1,200 of 3,400 files, part 3 of 12',
    );
    expect(progressText(progress({ found: 1, announced: 1 }))).toBe('Looking: 1 of 1 file');
    expect(progressText(progress({ found: 7 }))).toBe('Looking: 7 files so far');
    expect(progressText(null)).toBe('Looking…');
  });

  it('says when it goes on while the service wants a pause', () => {
    const nextTryAt = new Date(2026, 2, 17, 14, 5).getTime();
    expect(progressText(progress({ found: 7, nextTryAt }))).toMatch(
      /^The service asked for a pause\. .*[0-9]:05/,
    );
  });

  it('never counts a part that is not there', () => {
    expect(progressText(progress({ found: 7, partsDone: 12, parts: 12 }))).toContain('part 12 of 12');
  });

  it('is a share of the parts, or of the files where there is one part', () => {
    expect(progressPercent(progress({ partsDone: 3, parts: 12 }))).toBe(25);
    expect(progressPercent(progress({ found: 1, announced: 4 }))).toBe(25);
    expect(progressPercent(progress({ found: 5, announced: 4 }))).toBe(100);
    expect(progressPercent(progress({ found: 5 }))).toBeNull();
    expect(progressPercent(progress({ announced: 0 }))).toBeNull();
    expect(progressPercent(null)).toBeNull();
  });
});

describe('what is missing', () => {
  it('is told by day and by month', () => {
    expect(missingTexts(['2026-03-17', '2026-01'])).toEqual([
      'No file for 17 March 2026',
      'No file for January 2026',
    ]);
  });

  it('is folded when it is long, and never for the sake of a line or two', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, i) => i);
    expect(fold(lines(8))).toEqual({ shown: lines(8), more: 0 });
    expect(fold(lines(18))).toEqual({ shown: lines(6), more: 12 });
  });

  it('is told of a list that the service cut short', () => {
    expect(incompleteText({ listed: 298, announced: 300 })).toBe('298 of 300 files listed');
    expect(incompleteText({ listed: 300, announced: 300 })).toBe('');
    expect(incompleteText({ listed: 301, announced: 300 })).toBe('');
  });

  it('names the sites that could not be read', () => {
    const sites = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ site: `s${i}`, code: 'timed-out' }));
    expect(failedSitesText(sites(1))).toBe('1 site could not be read: s0');
    expect(failedSitesText(sites(18))).toBe('18 sites could not be read: s0, s1, s2, s3, s4, s5 and 12 more');
  });
});

describe('the advice when nothing was found', () => {
  it('names what this report lets one change', () => {
    const june = { from: '2026-06', to: '2026-06' };
    expect(nothingFoundAdvice(peaks, { frequency: 'monthly', months: june }, today)).toBe(
      'The service has no file for this question. Try a longer period, or another choice for “Frequency”.',
    );
    expect(nothingFoundAdvice(customerFiles, {}, today)).toContain('Try another choice for “Customer”.');
    expect(nothingFoundAdvice(siteList, {}, today)).toContain('Try again later.');
    expect(nothingFoundAdvice(extensions, { numbers: '1001' }, today)).toContain(
      'another choice for “Extensions”',
    );
    expect(nothingFoundAdvice(extensions, {}, today)).not.toContain('Extensions');
  });

  it.each([
    ['2026-11-22', 'The newest files may still be in the making. Try again later, or an earlier period.'],
    ['2026-11-20', 'The newest files may still be in the making. Try again later, or an earlier period.'],
    ['2026-11-19', 'The service has no file for this question. Try a longer period.'],
    ['2025-11-22', 'The service has no file for this question. Try a longer period.'],
    ['2025-11-21', 'The service keeps files for about 365 days, so these are gone. Try a later period.'],
  ])('fits a period that ends on %s', (day, advice) => {
    expect(nothingFoundAdvice(archives, { period: { from: day, to: day } }, today)).toBe(advice);
  });
});

describe('the dates of a file', () => {
  const made = { time: Date.UTC(2026, 2, 18, 4), approximate: false };

  it('are the one in the name, else the day it was made', () => {
    expect(fileDate({ nameDate: '2026-03-17', createdOn: made })).toEqual({
      date: '17 Mar 2026',
      note: null,
    });
    expect(fileDate({ nameDate: '2026-03', createdOn: null }).date).toBe('Mar 2026');
    expect(fileDate({ nameDate: null, createdOn: made })).toEqual({
      date: '18 Mar 2026',
      note: 'day it was made',
    });
    expect(fileDate({ nameDate: null, createdOn: null })).toEqual({ date: 'unknown', note: null });
  });

  it('sort by what is shown', () => {
    const shown = [
      { nameDate: '2026-03-19', createdOn: null },
      { nameDate: null, createdOn: made },
      { nameDate: '2026-03-17', createdOn: null },
    ];
    expect(shown.map(dateOrder).sort()).toEqual(['2026-03-17', '2026-03-18T04:00:00.000Z', '2026-03-19']);
    expect(dateOrder({ nameDate: null, createdOn: null })).toBeNull();
  });

  const now = Date.UTC(2026, 2, 17, 12);
  const hours = (count: number) => ({ time: now + count * 3_600_000, approximate: false });

  it.each([
    [hours(24 * 30), null],
    [hours(24 * 7 + 1), null],
    [hours(24 * 7), 'in 7 days'],
    [hours(71), 'in 2 days'],
    [hours(24), 'in 1 day'],
    [hours(23), 'in less than a day'],
    [hours(0), 'expired'],
    [hours(-24), 'expired'],
  ])('mark what expires within seven days: %o is %s', (stamp, soon) => {
    expect(expiry(stamp, now).soon).toBe(soon);
  });

  it('say when the expiry is unknown or was read from a malformed stamp', () => {
    expect(expiry(null, now)).toEqual({ date: 'unknown', soon: null });
    expect(expiry({ ...hours(24 * 30), approximate: true }, now).date).toBe('about 16 Apr 2026');
  });
});
