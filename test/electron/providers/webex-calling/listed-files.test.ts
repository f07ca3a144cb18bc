import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../electron/contract/calendar.ts';
import { ok } from '../../../../electron/contract/result.ts';
import type { ListedFile } from '../../../../electron/providers/provider.ts';
import { listFiles, readLink } from '../../../../electron/providers/webex-calling/listed-files.ts';
import { titleOf } from '../../../../electron/providers/webex-calling/title.ts';
import { failureOf, NOON } from './signed-in.ts';

const options = { accountName: 'Müller & Söhne', now: NOON, spacingMs: 65_000 };

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

  it('cover each millisecond of the period exactly once', () => {
    fc.assert(
      fc.property(fc.nat(28), fc.nat(30), fc.constantFrom('day', 'month'), (back, length, per) => {
        const from = addDays('2026-03-14', -back);
        const to = addDays(from, Math.min(length, back));
        const spans = list({ per, period: { from, to } }).map(({ link }) => readLink(link ?? ''));
        expect(spans[0]?.from).toBe(Date.parse(from));
        expect(spans.at(-1)?.to).toBe(Date.parse(addDays(to, 1)));
        spans.slice(1).forEach((span, i) => {
          expect(span?.from).toBe(spans[i]?.to);
        });
      }),
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
