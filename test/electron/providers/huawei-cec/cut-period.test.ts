import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysIn } from '../../../../electron/contract/calendar.ts';
import { cutPeriod, timesOf, timesOfSlice } from '../../../../electron/providers/huawei-cec/cut-period.ts';
import { createTimeZone, type TimeZone } from '../../../../electron/providers/time-zone.ts';

const zoneOf = (name: string): TimeZone => {
  const zone = createTimeZone(name);
  if (!zone) throw new Error(`no zone ${name}`);
  return zone;
};

const LONGEST_MS = 3 * 86_400_000 - 1000;
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);

/** Zones whose clocks change at midnight, by half an hour, never, or which left out a day. */
const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'America/St_Johns',
  'America/Santiago',
  'Asia/Beirut',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
);
const periods = fc
  .tuple(fc.integer({ min: 0, max: 365 * 30 }), fc.integer({ min: 0, max: 45 }))
  .map(([first, more]) => ({ from: addDays('2000-01-01', first), to: addDays('2000-01-01', first + more) }));

const seams = fc.constantFrom('apart' as const, 'meeting' as const);

describe('the slices of a period', () => {
  it('have every day of it once and in order, three at most', () => {
    fc.assert(
      fc.property(zones, periods, seams, (name, period, how) => {
        const slices = cutPeriod(period, zoneOf(name), how);
        expect(slices.flatMap(daysIn)).toEqual(daysIn(period));
        expect(slices.every((slice) => daysIn(slice).length <= 3)).toBe(true);
      }),
    );
  });

  it('in UTC follow one another second by second or meet in one over clock changes, each under three days', () => {
    fc.assert(
      fc.property(zones, periods, seams, (name, period, how) => {
        const zone = zoneOf(name);
        const times = cutPeriod(period, zone, how).map((slice) =>
          timesOfSlice(slice, period, how, 'utc', zone),
        );
        expect(at(times[0]?.beginTime ?? '')).toBe(zone.startOf(period.from));
        const beyondMs = how === 'apart' ? -1000 : 0;
        expect(at(times.at(-1)?.endTime ?? '')).toBe(zone.startOf(addDays(period.to, 1)) + beyondMs);
        times.forEach(({ beginTime, endTime }, index) => {
          expect(at(endTime) - at(beginTime)).toBeLessThanOrEqual(LONGEST_MS);
          const before = times[index - 1];
          if (before) expect(at(beginTime) - at(before.endTime)).toBe(how === 'apart' ? 1000 : 0);
        });
      }),
    );
  });

  it('in the tenant’s time begin at midnight and end a second before it', () => {
    const zone = zoneOf('Europe/Berlin');
    expect(timesOf({ from: '2024-02-28', to: '2024-03-01' }, 'tenant', zone)).toEqual({
      beginTime: '2024-02-28 00:00:00',
      endTime: '2024-03-01 23:59:59',
    });
  });

  it('that meet begin in the tenant’s time with the last second of the one before, and are a day shorter', () => {
    const zone = zoneOf('Europe/Berlin');
    const period = { from: '2024-02-27', to: '2024-03-03' };
    const slices = cutPeriod(period, zone, 'meeting');
    const times = slices.map((slice) => timesOfSlice(slice, period, 'meeting', 'tenant', zone));
    expect(times).toEqual([
      { beginTime: '2024-02-27 00:00:00', endTime: '2024-02-29 23:59:59' },
      { beginTime: '2024-02-29 23:59:59', endTime: '2024-03-02 23:59:59' },
      { beginTime: '2024-03-02 23:59:59', endTime: '2024-03-04 00:00:00' },
    ]);
  });

  it('that meet and are one only are shorter too, as it ends with the first second after the period', () => {
    const slices = cutPeriod({ from: '2024-02-27', to: '2024-02-29' }, zoneOf('UTC'), 'meeting');
    expect(slices).toEqual([
      { from: '2024-02-27', to: '2024-02-28' },
      { from: '2024-02-29', to: '2024-02-29' },
    ]);
  });

  it('are shorter where the clocks go back, so that none lasts longer than three days', () => {
    const slices = cutPeriod({ from: '2025-10-25', to: '2025-10-30' }, zoneOf('Europe/Berlin'), 'apart');
    expect(slices).toEqual([
      { from: '2025-10-25', to: '2025-10-26' },
      { from: '2025-10-27', to: '2025-10-29' },
      { from: '2025-10-30', to: '2025-10-30' },
    ]);
  });

  it('go over the end of a month and a leap day', () => {
    const slices = cutPeriod({ from: '2024-02-27', to: '2024-03-02' }, zoneOf('Asia/Shanghai'), 'apart');
    expect(slices).toEqual([
      { from: '2024-02-27', to: '2024-02-29' },
      { from: '2024-03-01', to: '2024-03-02' },
    ]);
  });
});

describe('a time zone', () => {
  it('counts days by its own clocks', () => {
    const instant = Date.UTC(2026, 0, 1, 4);
    expect(zoneOf('America/New_York').dayAt(instant)).toBe('2025-12-31');
    expect(zoneOf('Asia/Tokyo').dayAt(instant)).toBe('2026-01-01');
  });

  it('begins a day at midnight, or where the clocks go over midnight at the next moment there is', () => {
    expect(zoneOf('Asia/Kathmandu').startOf('2026-01-01')).toBe(Date.UTC(2025, 11, 31, 18, 15));
    expect(zoneOf('America/Havana').startOf('2025-03-09')).toBe(Date.UTC(2025, 2, 9, 5));
  });

  it('is none with a name that nobody knows', () => {
    expect(createTimeZone('Mars/Olympus')).toBeNull();
  });
});
