import { describe, expect, it } from 'vitest';
import { startOfLocalDay } from '../../../electron/history/local-day.ts';
import { sharedTitle } from '../../../electron/history/shared-title.ts';

describe('the title that two have in common', () => {
  it.each([
    [
      'Peak Port files, daily, site level',
      'Peak Port files, daily, customer level',
      'Peak Port files, daily',
    ],
    ['Peak Port files, daily', 'Peak Port files, daily, site level', 'Peak Port files, daily'],
    ['Peak Port files', 'Peak Port files', 'Peak Port files'],
    ['Old name', 'New name', 'New name'],
  ])('%s + %s = %s', (older, newer, common) => {
    expect(sharedTitle(older, newer)).toBe(common);
  });
});

describe('a day on this computer', () => {
  it('begins at its midnight', () => {
    const start = new Date(startOfLocalDay('2026-03-29'));
    expect([start.getFullYear(), start.getMonth(), start.getDate(), start.getHours()]).toEqual([
      2026, 2, 29, 0,
    ]);
  });
});
