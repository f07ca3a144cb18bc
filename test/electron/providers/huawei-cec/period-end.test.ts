/**
 * Nobody says whether the end of a span belongs to it. One CSV is right either way: each row of a period is in it once, and
 * none of the next period.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../electron/contract/calendar.ts';
import { createTimeZone } from '../../../../electron/providers/time-zone.ts';
import { rowsIn, withCsv } from './made-csv.ts';

const DAY_MS = 86_400_000;
const LONGEST_MS = 3 * DAY_MS - 1000;
const at = (text: unknown) => Date.parse(`${String(text).replace(' ', 'T')}Z`);
const monthEnd = '2026-02-28';

function zoneOf(name: string) {
  const zone = createTimeZone(name);
  if (!zone) throw new Error(`no zone ${name}`);
  return zone;
}

const settings = fc.record({
  endExcluded: fc.boolean(),
  timeZone: fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York'),
  /** Asked in UTC, the tables may have UTC or the tenant's time. */
  times: fc.constantFrom('tenant', 'utc, rows too', 'utc, rows of the tenant'),
  /** Days of February, and of March. */
  days: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
  /** Calls, seconds after or before the end of one of these days. */
  calls: fc.uniqueArray(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -2, max: 2 })), {
    minLength: 1,
    maxLength: 12,
    selector: (call) => call.join(),
  }),
});

describe('the calls at the end of a day', () => {
  it('are in the CSV of their own month once, wherever the server takes a span to end', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async ({ endExcluded, timeZone, times, days, calls }) => {
        const zone = zoneOf(timeZone);
        const endOf = (day: number) => zone.startOf(addDays(monthEnd, day + 1));
        // The month's own end is where it matters.
        const moreCalls = [
          ...new Set([
            ...[-1000, 0, 1000].map((ms) => endOf(0) + ms),
            ...calls.map(([day, second]) => endOf(day) + second * 1000),
          ]),
        ];
        const inUtc = times !== 'tenant';
        const periods = [
          { from: addDays(monthEnd, 1 - days[0]), to: monthEnd },
          { from: addDays(monthEnd, 1), to: addDays(monthEnd, days[1]) },
        ];
        for (const period of periods) {
          const csv = await withCsv(
            {
              endExcluded,
              moreCalls,
              timesZone: inUtc ? 'UTC' : timeZone,
              rowsZone: times === 'utc, rows too' ? 'UTC' : timeZone,
            },
            { period },
            undefined,
            { timeZone, timesIn: inUtc ? 'utc' : 'tenant' },
          );
          const found = rowsIn(await csv.end()).flatMap(({ call_id: id = '' }) => {
            const [, moment] = /^further-(\d+)$/.exec(id) ?? [];
            return moment === undefined ? [] : [Number(moment)];
          });
          const [begin, end] = [zone.startOf(period.from), zone.startOf(addDays(period.to, 1))];
          const own = moreCalls.filter((moment) => moment >= begin && moment < end);
          expect(found.sort()).toEqual(own.sort());
          for (const { msgBody } of csv.generates()) {
            expect(at(msgBody.endTime) - at(msgBody.beginTime)).toBeLessThanOrEqual(LONGEST_MS);
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
