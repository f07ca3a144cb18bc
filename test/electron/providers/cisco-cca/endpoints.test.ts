import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, type Criteria } from '../../../../electron/contract/report.ts';
import { endpointOf, pageUrl, sitesEndpoint } from '../../../../electron/providers/cisco-cca/endpoints.ts';

const base = 'https://pcsprod.webex.com/pcs/api';
const period = { from: '2024-02-01', to: '2024-02-29' };

function urlOf(reportId: string, criteria: Criteria, from = 0): URL {
  const endpoint = endpointOf({ reportId, criteria });
  if (!endpoint.ok) throw new Error(endpoint.failure.detail);
  return new URL(pageUrl(base, endpoint.value, from));
}

const shape = (url: URL) => [url.pathname, Object.fromEntries(url.searchParams)];

describe('endpointOf', () => {
  it('asks for archives by creation day', () => {
    expect(shape(urlOf('daily-archives', { period }))).toEqual([
      '/pcs/api/v1/cdr/daily/compression/files',
      { creationStartDate: '02012024', creationEndDate: '02292024', from: '0', size: '1000' },
    ]);
  });

  it('asks for new files of a site without any date', () => {
    expect(shape(urlOf('site-files', { site: 'acme', which: 'new', period }))).toEqual([
      '/pcs/api/v1/cdr/acme',
      { type: 'daily', from: '0', size: '1000' },
    ]);
  });

  it('asks for files of a site by meeting date', () => {
    expect(shape(urlOf('site-files', { site: 'acme', which: 'meeting-date', period }))).toEqual([
      '/pcs/api/v1/cdr/acme',
      { type: 'daily', startDate: '02012024', endDate: '02292024', from: '0', size: '1000' },
    ]);
  });

  it('asks for files of a site by creation date', () => {
    expect(shape(urlOf('site-files', { site: 'acme', which: 'creation-date', period }))).toEqual([
      '/pcs/api/v1/cdr/acme',
      { type: 'daily', creationStartDate: '02012024', creationEndDate: '02292024', from: '0', size: '1000' },
    ]);
  });

  it.each(['site', 'customer', 'partner'])('asks for daily Peak Port files at %s level', (level) => {
    expect(shape(urlOf('peak-port', { frequency: 'daily', level, period }))).toEqual([
      '/pcs/api/v1/peakport/daily',
      { level, creationStartDate: '02012024', creationEndDate: '02292024', from: '0', size: '1000' },
    ]);
  });

  it('asks for monthly Peak Port files by month', () => {
    const months = { from: '2023-12', to: '2024-02' };
    expect(shape(urlOf('peak-port', { frequency: 'monthly', level: 'site', months }))).toEqual([
      '/pcs/api/v1/peakport/monthly',
      { level: 'site', creationStartMonth: '122023', creationEndMonth: '022024', from: '0', size: '1000' },
    ]);
  });

  it('asks for the page that begins with an item', () => {
    expect(urlOf('daily-archives', { period }, 133).searchParams.get('from')).toBe('133');
    expect(pageUrl(base, sitesEndpoint, 0)).toBe(`${base}/v1/cdr?from=0&size=1000`);
  });

  it('keeps any site name within one segment of the path', () => {
    const site = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((name) => name.trim() !== '' && !/^\.\.?$/.test(name));
    fc.assert(
      fc.property(site, (name) => {
        const { pathname, hash, search } = urlOf('site-files', { site: name, which: 'new' });
        const segments = pathname.split('/');
        expect(segments.slice(0, -1)).toEqual(['', 'pcs', 'api', 'v1', 'cdr']);
        expect(decodeURIComponent(segments.at(-1) ?? '')).toBe(name);
        expect(hash + search).toBe('?type=daily&from=0&size=1000');
      }),
    );
  });

  it.each<[string, Criteria]>([
    ['site-files', { which: 'new' }],
    ['site-files', { site: '', which: 'new' }],
    ['site-files', { site: '  ', which: 'new' }],
    ['site-files', { site: '.', which: 'new' }],
    ['site-files', { site: '..', which: 'new' }],
    ['site-files', { site: 'half\ud83d', which: 'new' }],
    ['site-files', { site: ALL, which: 'new' }],
    ['site-files', { site: 'acme', which: 'all' }],
    ['site-files', { site: 'acme', which: 'creation-date' }],
    ['daily-archives', {}],
    ['daily-archives', { period: { from: '2024-03-01', to: '2024-02-01' } }],
    ['daily-archives', { period: { from: '2024-02-30', to: '2024-03-01' } }],
    ['peak-port', { frequency: 'daily', level: 'planet', period }],
    ['peak-port', { frequency: 'weekly', level: 'site', period }],
    ['peak-port', { frequency: 'monthly', level: 'site', period }],
    ['pstn', {}],
    ['unheard-of', {}],
  ])('does not put to the service what it cannot answer: %s %j', (reportId, criteria) => {
    expect(endpointOf({ reportId, criteria })).toMatchObject({
      ok: false,
      failure: { code: 'bad-criteria' },
    });
  });
});
