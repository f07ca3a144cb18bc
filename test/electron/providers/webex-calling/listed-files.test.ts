import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../electron/contract/calendar.ts';
import { ok } from '../../../../electron/contract/result.ts';
import type { ListedFile } from '../../../../electron/providers/provider.ts';
import { createTimeZone } from '../../../../electron/providers/time-zone.ts';
import { listFiles, readLink } from '../../../../electron/providers/webex-calling/listed-files.ts';
import { titleOf } from '../../../../electron/providers/webex-calling/title.ts';
import { failureOf, NOON } from './signed-in.ts';

const options = { accountName: 'Müller & Söhne', now: NOON, spacingMs: 65_000, timeZone: 'UTC' };

function list(criteria: Record<string, string | { from: string; to: string }>, more = {}): ListedFile[] {
  const files = listFiles(
    { reportId: 'calls', criteria: { format: 'csv', ...criteria } },
    { ...options, ...more },
  );
  if (!files.ok) throw new Error(files.failure.detail);
  return files.value;
}

describe('the files of a question', () => {
  it('are one a day, named by their times in UTC', () => {
    const files = list({ per: 'day', period: { from: '2026-02-27', to: '2026-03-01' } });
    expect(files.map(({ name }) => name)).toEqual([
      'webex-calling_cdr_müller-söhne_20260227T000000Z_20260228T000000Z.csv',
      'webex-calling_cdr_müller-söhne_20260228T000000Z_20260301T000000Z.csv',
      'webex-calling_cdr_müller-söhne_20260301T000000Z_20260302T000000Z.csv',
    ]);
    expect(files.map(({ nameDate }) => nameDate)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(files[0]?.makingMs).toBe(3 * 65_000);
  });

  it('are one a month or part of a month', () => {
    const files = list({ per: 'month', period: { from: '2026-02-20', to: '2026-03-10' } });
    expect(files.map(({ name }) => name.slice(-37))).toEqual([
      '_20260220T000000Z_20260301T000000Z.csv'.slice(-37),
      '_20260301T000000Z_20260311T000000Z.csv'.slice(-37),
    ]);
    expect(files.map(({ nameDate }) => nameDate)).toEqual(['2026-02', '2026-03']);
  });

  /** The zones begin their days at other times, and change their clocks on other days or never; in Cairo at midnight. */
  const timeZone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Africa/Cairo',
    'Asia/Kathmandu',
    'Australia/Sydney',
  );
  /** A few days behind each of these: a change to summer time, one back, a leap day, the end of a year. */
  const lastDay = fc.constantFrom('2026-03-31', '2026-04-30', '2026-11-03', '2024-03-02', '2026-01-02');

  it('cover each millisecond of the period exactly once, over clock changes, leap days and ends of months', () => {
    fc.assert(
      fc.property(
        ...([timeZone, lastDay, fc.nat(27), fc.nat(30), fc.constantFrom('day', 'month')] as const),
        (timeZone, last, back, length, per) => {
          const from = addDays(last, -back);
          const to = addDays(from, Math.min(length, back));
          const zone = createTimeZone(timeZone);
          if (!zone) throw new Error('no such zone');
          const now = Date.parse(addDays(last, 2));
          const files = list({ per, period: { from, to } }, { now, timeZone });
          const spans = files.map(({ link }) => readLink(link ?? ''));
          expect(spans[0]?.from).toBe(zone.startOf(from));
          expect(spans.at(-1)?.to).toBe(zone.startOf(addDays(to, 1)));
          spans.slice(1).forEach((span, i) => {
            expect(span?.from).toBe(spans[i]?.to);
          });
          expect(files.map(({ span }) => span)).toEqual(
            spans.map((span) => span && { from: span.from, to: span.to }),
          );
        },
      ),
    );
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-03-30', 24],
    ['2026-10-25', 25],
  ])('of %s in Berlin, where the clocks may change, has %i hours', (day, hours) => {
    const now = Date.parse(addDays(day, 3));
    const [file] = list({ per: 'day', period: { from: day, to: day } }, { now, timeZone: 'Europe/Berlin' });
    const { from = 0, to = 0 } = file?.span ?? {};
    expect((to - from) / 3_600_000).toBe(hours);
  });

  it('of a month in Berlin begins and ends at midnight there, and its name says when that is in UTC', () => {
    const criteria = { per: 'month', period: { from: '2026-03-01', to: '2026-03-31' } };
    const [file] = list(criteria, { now: Date.UTC(2026, 3, 1, 12), timeZone: 'Europe/Berlin' });
    expect(file?.name).toMatch(/_20260228T230000Z_20260331T220000Z\.csv$/);
    expect(file?.days).toEqual(criteria.period);
  });

  it('are found again in the zone that they were listed in, whatever the account has by then', () => {
    const criteria = { per: 'day', period: { from: '2026-03-10', to: '2026-03-10' } };
    const [file] = list(criteria, { timeZone: 'America/New_York' });
    if (!file?.findAgainWith) throw new Error('no way back');
    expect(listFiles(file.findAgainWith, { ...options, timeZone: 'Asia/Tokyo' })).toEqual(ok([file]));
    expect(list(criteria, { timeZone: 'Asia/Tokyo' })[0]?.id).not.toBe(file.id);
  });

  it('are none in a time zone that is none', () => {
    const question = {
      reportId: 'calls',
      criteria: { format: 'csv', period: { from: '2026-03-10', to: '2026-03-10' } },
    };
    expect(failureOf(listFiles(question, { ...options, timeZone: 'Mars/Olympus' })).code).toBe(
      'bad-criteria',
    );
  });

  it('end six minutes ago where the period is not over, and are found again as they were', () => {
    const [file] = list({ per: 'day', period: { from: '2026-03-15', to: '2026-03-15' } });
    expect(file?.name).toContain('_20260315T000000Z_20260315T115400Z.csv');
    const question = file?.findAgainWith;
    if (!question) throw new Error('no way back');
    const again = listFiles(question, { ...options, now: NOON + 8 * 3_600_000 });
    expect(again).toEqual(ok([file]));
  });

  it('leave out days that have not begun or that the service has forgotten', () => {
    const files = list({ per: 'day', period: { from: '2026-02-10', to: '2026-03-16' } });
    expect(files[0]?.nameDate).toBe('2026-02-13');
    expect(files.at(-1)?.nameDate).toBe('2026-03-15');
  });

  it('have the same id each time, and another one for another way of writing', () => {
    const period = { from: '2026-03-01', to: '2026-03-01' };
    const variants = [
      { period },
      { period, bom: 'no' },
      { period, safe: 'yes' },
      { period, format: 'jsonl' },
      { period, locations: 'Depot North' },
      { period, locations: 'Depot South' },
    ];
    const ids = variants.map((criteria) => list(criteria)[0]?.id);
    expect(new Set(ids).size).toBe(variants.length);
    expect(variants.map((criteria) => list(criteria, { now: NOON + 1000 })[0]?.id)).toEqual(ids);
    expect(list({ period, locations: 'B; A' })[0]?.id).toBe(list({ period, locations: ' A;B ;' })[0]?.id);
  });

  it.each([
    ['another report', 'other', { format: 'csv', period: { from: '2026-03-01', to: '2026-03-01' } }],
    ['no period', 'calls', { format: 'csv' }],
    ['a period backwards', 'calls', { format: 'csv', period: { from: '2026-03-02', to: '2026-03-01' } }],
    ['a format that is none', 'calls', { format: 'xml', period: { from: '2026-03-01', to: '2026-03-01' } }],
  ])('refuse %s', (_, reportId, criteria) => {
    expect(failureOf(listFiles({ reportId, criteria }, options)).code).toBe('bad-criteria');
  });

  it('are called by their criteria', () => {
    expect(titleOf('calls', { format: 'csv', per: 'day', locations: 'Depot' })).toBe(
      'Calls (CDR), CSV, a file a day, Depot',
    );
  });
});
