import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatSize, formatSpeed } from '../../../renderer/words/format-bytes.ts';
import {
  formatComing,
  formatDay,
  formatDayOrMonth,
  formatStamp,
  formatTime,
  formatTimeOfDay,
  formatUtcMoment,
} from '../../../renderer/words/format-date.ts';
import { formatDuration, formatForecast, timeLeft } from '../../../renderer/words/format-duration.ts';
import { plural } from '../../../renderer/words/plural.ts';

describe('bytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [34_600_000, '34.6 MB'],
    [99_940, '99.9 kB'],
    [99_960, '100 kB'],
    [346_000_000, '346 MB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [1_500_000_000_000, '1.5 TB'],
  ])('%i are written %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('never show a thousand of a unit that has a bigger one', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e14 }), (bytes) => {
        expect(Number.parseFloat(formatBytes(bytes))).toBeLessThan(1000);
      }),
    );
  });

  it('that are not known are said to be unknown', () => {
    expect(formatSize(null)).toBe('unknown');
  });

  it('a second are a speed', () => {
    expect(formatSpeed(3_400_000)).toBe('3.4 MB/s');
  });
});

describe('dates', () => {
  it('are written with the month in words', () => {
    expect(formatDay('2026-03-17')).toBe('17 March 2026');
    expect(formatDayOrMonth('2026-03')).toBe('March 2026');
    expect(formatDayOrMonth('2024-02-29')).toBe('29 February 2024');
  });

  it('of a stamp are the service’s own day, to the last second of it', () => {
    expect(formatStamp({ time: Date.UTC(2026, 2, 17, 23, 59, 59), approximate: false })).toBe('17 Mar 2026');
    expect(formatStamp({ time: Date.UTC(2026, 2, 17), approximate: false })).toBe('17 Mar 2026');
  });

  it('in UTC are those of UTC, whatever this computer’s clock shows', () => {
    expect(formatUtcMoment(Date.UTC(2026, 1, 28, 23, 5))).toBe('28 Feb 2026, 23:05');
  });

  it('of a malformed stamp are about right, of an unreadable one unknown', () => {
    expect(formatStamp({ time: Date.UTC(2026, 2, 17), approximate: true })).toBe('about 17 Mar 2026');
    expect(formatStamp(null)).toBe('unknown');
  });

  it('show the time of day as the person is used to', () => {
    const time = new Date(2026, 2, 17, 14, 5).getTime();
    expect(formatTime(time, 'en-GB')).toBe('14:05');
    expect(formatTime(time, 'en-US')).toMatch(/^2:05\sPM$/);
  });
});

describe('times to come', () => {
  const evening = new Date(2026, 2, 17, 19, 30).getTime();

  it('of the day are shown as the person is used to, whatever the time zone', () => {
    expect(formatTimeOfDay('19:05', 'en-GB')).toBe('19:05');
    expect(formatTimeOfDay('19:05', 'en-US')).toMatch(/^7:05\sPM$/);
  });

  it.each([
    [new Date(2026, 2, 17, 23, 5), 'at 23:05'],
    [new Date(2026, 2, 18, 7, 0), 'tomorrow at 07:00'],
    [new Date(2026, 2, 19, 7, 0), 'on 19 Mar 2026, 07:00'],
  ])('say the day only where it is another: %s', (time, text) => {
    expect(formatComing(time.getTime(), evening, 'en-GB')).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    [0, '1 s'],
    [4200, '4 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [120_000, '2 min'],
    [3_600_000, '1 h'],
    [3_900_000, '1 h 5 min'],
    [3 * 86_400_000, '3 days'],
  ])('%i ms are written %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([
    [20_000, 'less than a minute'],
    [60_000, 'about 1 minute'],
    [50 * 60_000, 'about 50 minutes'],
    [70 * 60_000, 'about 70 minutes'],
    [2.5 * 3_600_000, 'about 2.5 hours'],
    [26 * 3_600_000, 'about 26 hours'],
    [3 * 86_400_000, 'about 3 days'],
  ])('that something will take are told no finer than they can be: %d ms is %s', (ms, text) => {
    expect(formatForecast(ms)).toBe(text);
  });

  it('that are left follow from size, bytes so far and speed', () => {
    expect(timeLeft(1000, 400, 200)).toBe(3000);
  });

  it('that are left can’t be told without a size or without a speed', () => {
    expect(timeLeft(null, 400, 200)).toBeNull();
    expect(timeLeft(1000, 400, 0)).toBeNull();
  });

  it('that are left are never negative when more came than was announced', () => {
    expect(timeLeft(1000, 1200, 200)).toBe(0);
  });
});

describe('counts', () => {
  it('have their noun in the right number', () => {
    expect([0, 1, 2, 1204].map((count) => plural(count, 'file'))).toEqual([
      '0 files',
      '1 file',
      '2 files',
      '1,204 files',
    ]);
    expect(plural(2, 'entry', 'entries')).toBe('2 entries');
  });
});
