import { describe, expect, it } from 'vitest';
import { ALL, type Criteria } from '../../../electron/contract/report.ts';
import { reports } from '../../../electron/providers/cisco-cca/declaration.ts';
import { findAgain } from '../../../electron/reports/find-again.ts';
import { type Found, findReport } from '../../../electron/reports/find-report.ts';
import type { Fault } from '../../fakes/fault.ts';
import { patience, withService } from '../providers/cisco-cca/signed-in.ts';
import { passTime } from './pass-time.ts';

const ARCHIVES = '/v1/cdr/daily/compression/files';
const february = { from: '2026-02-01', to: '2026-02-28' };

type Signed = Awaited<ReturnType<typeof withService>>;

function start({ session, clock }: Signed, reportId: string, criteria: Criteria, signal = patience()) {
  const report = reports.find((one) => one.id === reportId);
  if (!report) throw new Error(reportId);
  return passTime(clock, findReport({ session, report, criteria, clock, random: () => 0, signal }));
}

async function find(...input: Parameters<typeof start>): Promise<Found> {
  const result = await start(...input);
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}

const names = (found: Found) => found.entries.map(({ file }) => file.name);
const faultOn = (path: string, fault: (tries: number) => Fault | undefined) => ({
  faults: (request: { path: string; tries: number }) =>
    request.path === path ? fault(request.tries) : undefined,
});

/** An envelope with its items changed. */
const edit = (change: (list: { total: number; items: { id: string }[] }) => object) =>
  ({
    kind: 'json',
    edit: (body) => change(body as { total: number; items: { id: string }[] }),
  }) satisfies Fault;

describe('finding files of the service', () => {
  it('finds the archives of a month, and the day that has none', async () => {
    const found = await find(await withService(), 'daily-archives', { period: february });
    expect(found.entries).toHaveLength(27);
    expect(found.coverage).toEqual({ missing: ['2026-02-17'], announced: 27, listed: 27, failedSites: [] });
    expect(found.title).toBe('Daily CDR archives (ZIP)');
  });

  it('finds a year of archives, oldest first', async () => {
    const signed = await withService();
    const found = await find(signed, 'daily-archives', { period: { from: '2025-03-16', to: '2026-03-15' } });
    expect(found.entries).toHaveLength(363);
    expect(names(found)[0]).toBe('CCA_SP_CDR_Daily_20250316.zip');
    expect(names(found).at(-1)).toBe('CCA_SP_CDR_Daily_20260314.zip');
    expect(found.coverage).toMatchObject({ missing: ['2026-02-17'], announced: 363, listed: 363 });
    expect(signed.service.maxRequestsAtOnce).toBeLessThanOrEqual(4);
  });

  it('finds the files of all sites', async () => {
    const criteria = { site: ALL, which: 'creation-date', period: { from: '2026-03-09', to: '2026-03-10' } };
    const found = await find(await withService(), 'site-files', criteria);
    expect(found.entries).toHaveLength(24);
    expect(new Set(found.entries.map(({ file }) => file.site)).size).toBe(12);
    expect(new Set(names(found)).size).toBe(24);
    expect(found.title).toBe('CDR files of all sites, by creation date');
  });

  it('reads the list of new files to its end', async () => {
    const signed = await withService({ faults: () => undefined });
    signed.service.setFaults(({ path }) =>
      path === '/v1/cdr/cedar-labs' ? { kind: 'short-pages', size: 100 } : undefined,
    );
    const found = await find(signed, 'site-files', { site: 'cedar-labs', which: 'new' });
    expect(found.coverage.listed).toBe(found.coverage.announced);
    expect(found.entries.length).toBe(found.coverage.announced);
    expect(found.entries.length).toBeGreaterThan(300);
  });

  it('finds monthly Peak Port files, and the month that has none', async () => {
    const criteria = { frequency: 'monthly', level: 'partner', months: { from: '2025-11', to: '2026-03' } };
    const found = await find(await withService(), 'peak-port', criteria);
    expect(found.entries.map(({ file }) => file.nameDate)).toEqual(['2025-11', '2026-01', '2026-02']);
    expect(found.coverage.missing).toEqual(['2025-12']);
  });

  it('has the site list at hand', async () => {
    const found = await find(await withService(), 'site-list', {});
    expect(names(found)).toEqual(['CCA_SITES_LIST_20260315.csv']);
    expect(found.coverage).toEqual({ missing: [], announced: 1, listed: 1, failedSites: [] });
  });

  it('finds everything in pages that are shorter than asked for', async () => {
    const signed = await withService(faultOn(ARCHIVES, () => ({ kind: 'short-pages', size: 4 })));
    const found = await find(signed, 'daily-archives', { period: february });
    expect(found.entries).toHaveLength(27);
    expect(signed.service.requests.filter(({ path }) => path === ARCHIVES)).toHaveLength(7);
  });

  it('goes by the newest total when it changes on the way', async () => {
    const signed = await withService();
    signed.service.setFaults(({ path, query, tries }) => {
      if (path !== ARCHIVES) return undefined;
      const from = Number(query.get('from'));
      return edit(({ items }) => ({
        total: tries === 0 ? 12 : tries === 1 ? 40 : 27,
        items: items.slice(0, from === 0 ? 10 : 9),
      }));
    });
    const found = await find(signed, 'daily-archives', { period: february });
    expect(found.entries).toHaveLength(27);
    expect(found.coverage).toMatchObject({ announced: 27, listed: 27 });
  });

  it('lists each file once when ids repeat, and says that some are missing', async () => {
    const signed = await withService(
      faultOn(ARCHIVES, () =>
        edit(({ items, total }) => ({
          total,
          items: [...items, ...items].slice(0, 30).map((item, i) => (i > 10 ? items[0] : item)),
        })),
      ),
    );
    const found = await find(signed, 'daily-archives', { period: february });
    expect(found.entries).toHaveLength(11);
    expect(found.coverage).toMatchObject({ announced: 27, listed: 11 });
  });

  it('makes equal names differ', async () => {
    const signed = await withService(
      faultOn(ARCHIVES, () =>
        edit(({ items }) => ({
          total: 2,
          items: items.slice(0, 2).map((item) => ({ ...item, fileName: 'Same.zip' })),
        })),
      ),
    );
    expect(names(await find(signed, 'daily-archives', { period: february }))).toEqual([
      'Same.zip',
      'Same (2).zip',
    ]);
  });

  it('waits as long as the service wants after 429, and goes on', async () => {
    const signed = await withService(
      faultOn(ARCHIVES, (tries) =>
        tries === 0 ? { kind: 'status', status: 429, headers: { 'retry-after': '30' } } : undefined,
      ),
    );
    const began = signed.clock.now();
    expect((await find(signed, 'daily-archives', { period: february })).entries).toHaveLength(27);
    expect(signed.clock.now() - began).toBeGreaterThanOrEqual(30_000);
  });

  it.each<[string, Fault]>([
    ['a broken connection', { kind: 'reset' }],
    ['a page that is cut off', { kind: 'cut', afterBytes: 500 }],
    ['a service that is down', { kind: 'status', status: 503 }],
  ])('gets over %s, twice', async (_, fault) => {
    const signed = await withService(faultOn(ARCHIVES, (tries) => (tries < 2 ? fault : undefined)));
    expect((await find(signed, 'daily-archives', { period: february })).entries).toHaveLength(27);
  });

  it('gives up after the third time', async () => {
    const signed = await withService(faultOn(ARCHIVES, () => ({ kind: 'status', status: 503 })));
    expect(await start(signed, 'daily-archives', { period: february })).toMatchObject({
      failure: { code: 'service-down', status: 503, subject: 'Daily CDR archives (ZIP)' },
    });
    expect(signed.service.requests.filter(({ path }) => path === ARCHIVES)).toHaveLength(3);
  });

  it.each([403, 404, 406, 412])('asks once when the answer is %i', async (status) => {
    const signed = await withService(faultOn(ARCHIVES, () => ({ kind: 'status', status })));
    expect(await start(signed, 'daily-archives', { period: february })).toMatchObject({
      failure: { status },
    });
    expect(signed.service.requests.filter(({ path }) => path === ARCHIVES)).toHaveLength(1);
  });

  it('keeps what the other sites have when one cannot be read', async () => {
    const signed = await withService(faultOn('/v1/cdr/cedar-labs', () => ({ kind: 'html' })));
    const criteria = { site: ALL, which: 'creation-date', period: { from: '2026-03-09', to: '2026-03-10' } };
    const found = await find(signed, 'site-files', criteria);
    expect(found.entries).toHaveLength(22);
    expect(found.coverage.failedSites).toEqual([{ site: 'cedar-labs', code: 'html-answer' }]);
  });

  it('stops at once in the middle of a page', async () => {
    const stop = new AbortController();
    const signed = await withService(
      faultOn(ARCHIVES, (tries) => {
        if (tries === 0) setImmediate(() => stop.abort());
        return { kind: 'stall', afterBytes: 100 };
      }),
    );
    const year = { from: '2025-04-01', to: '2026-03-01' };
    expect(await start(signed, 'daily-archives', { period: year }, stop.signal)).toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(signed.service.requests.filter(({ path }) => path === ARCHIVES).length).toBeLessThanOrEqual(4);
  });

  it('finds each file again by the question that it comes with', async () => {
    const signed = await withService();
    for (const [reportId, criteria] of [
      ['daily-archives', { period: february }],
      ['site-files', { site: 'cedar-labs', which: 'new' }],
      ['site-list', {}],
    ] as const) {
      const { entries } = await find(signed, reportId, criteria);
      const last = entries.at(-1);
      if (!last) throw new Error(reportId);
      const again = await findAgain(signed.session, last.question, last.file.id, patience());
      expect(again).toMatchObject({ ok: true, value: { id: last.file.id, link: last.file.link } });
    }
  });
});
