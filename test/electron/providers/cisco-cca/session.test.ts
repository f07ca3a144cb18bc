import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ALL, type Criteria } from '../../../../electron/contract/report.ts';
import { ok } from '../../../../electron/contract/result.ts';
import type { HttpClient } from '../../../../electron/network/http.ts';
import { createCiscoCca } from '../../../../electron/providers/cisco-cca/index.ts';
import type { Page, Session } from '../../../../electron/providers/provider.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import type { Fault } from '../../../fakes/fault.ts';
import { serveHttp, serveTls } from '../../../fakes/loopback-server.ts';
import { goodToken, openSession, patience, withAnswers, withService } from './signed-in.ts';

const week = { from: '2026-03-02', to: '2026-03-08' };
const archives = { reportId: 'daily-archives', criteria: { period: week } };
const ARCHIVES = '/v1/cdr/daily/compression/files';

async function page(
  session: Session,
  reportId: string,
  criteria: Criteria,
  cursor: string | null = null,
): Promise<Page> {
  const result = await session.listPage({ reportId, criteria }, cursor, patience());
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}

const names = (listed: Page) => listed.files.map((file) => file.name);

describe('listing', () => {
  it('lists daily archives', async () => {
    const { session, service } = await withService();
    const listed = await page(session, 'daily-archives', { period: week });
    expect(names(listed)).toEqual([2, 3, 4, 5, 6, 7, 8].map((day) => `CCA_SP_CDR_Daily_2026030${day}.zip`));
    expect(listed).toMatchObject({ announced: 7, next: '7' });
    expect(listed.files[0]).toMatchObject({
      content: 'zip',
      nameDate: '2026-03-02',
      site: null,
      attempts: 0,
    });
    expect(service.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: ARCHIVES,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'cache-control': 'no-cache',
      },
    });
  });

  it.each([
    ['meeting-date', '20260302'],
    ['creation-date', '20260301'],
  ])('lists the files of a site by %s', async (which, first) => {
    const { session } = await withService();
    const listed = await page(session, 'site-files', { site: 'müller-anlagenbau', which, period: week });
    expect(listed.files).toHaveLength(7);
    expect(listed.files[0]).toMatchObject({
      name: `müller-anlagenbau_CCA_SP_CDR_Daily_${first}.csv`,
      site: 'müller-anlagenbau',
      content: 'text',
      downloadable: true,
    });
  });

  it('lists the new files of a site, under whichever name their links come', async () => {
    const { session } = await withService();
    const listed = await page(session, 'site-files', { site: 'Blue Harbor Foods', which: 'new' });
    expect(listed.files.length).toBeGreaterThan(100);
    expect(listed.files.every((file) => file.downloadable)).toBe(true);
  });

  it.each(['site', 'customer', 'partner'])(
    'lists daily and monthly Peak Port files at %s level',
    async (level) => {
      const { session } = await withService();
      const title = `${level.slice(0, 1).toUpperCase()}${level.slice(1)}`;
      const daily = await page(session, 'peak-port', { frequency: 'daily', level, period: week });
      expect(names(daily)[0]).toBe(`Annuity_CCA_SP_Peak_Port_Usage_${title}_Daily_20260302.csv`);
      const months = { from: '2026-01', to: '2026-02' };
      const monthly = await page(session, 'peak-port', { frequency: 'monthly', level, months });
      expect(names(monthly)).toEqual(
        ['01', '02'].map(
          (month) => `Annuity_CCA_SP_Peak_Port_Usage_${title}_Calendar_Monthly_2026${month}.csv`,
        ),
      );
      expect(monthly.files[0]).toMatchObject({ nameDate: '2026-01' });
    },
  );

  it('makes one file of the site list, without asking the service', async () => {
    const { session, service } = await withService();
    const listed = await page(session, 'site-list', {});
    expect(listed).toMatchObject({
      next: null,
      announced: 1,
      files: [
        {
          id: 'CCA_SITES_LIST_20260315',
          name: 'CCA_SITES_LIST_20260315.csv',
          nameDate: '2026-03-15',
          size: null,
          md5: null,
          content: 'text',
          link: `${service.address}/v1/cca-site`,
        },
      ],
    });
    expect(service.requests).toEqual([]);
  });

  it('keeps the name of a site list that is asked for again on another day', async () => {
    const { session, clock } = await withService();
    const again = (await page(session, 'site-list', {})).files[0]?.findAgainWith;
    await clock.advance(86_400_000);
    expect(names(await page(session, 'site-list', {}))).toEqual(['CCA_SITES_LIST_20260316.csv']);
    expect(names(await page(session, 'site-list', again?.criteria ?? {}))).toEqual([
      'CCA_SITES_LIST_20260315.csv',
    ]);
  });

  it('begins the next page behind the items that came, whatever size the answer claims', async () => {
    const { session, service } = await withService({ faults: () => ({ kind: 'short-pages', size: 3 }) });
    const first = await page(session, 'daily-archives', { period: week });
    expect([first.files.length, first.next]).toEqual([3, '3']);
    const second = await page(session, 'daily-archives', { period: week }, first.next);
    expect(names(second)[0]).toBe('CCA_SP_CDR_Daily_20260305.zip');
    expect(service.requests.at(-1)?.query).toMatch(/from=3&size=1000$/);
  });

  it('has no next page after an empty one', async () => {
    const { session } = await withService();
    expect(await page(session, 'daily-archives', { period: week }, '7')).toMatchObject({
      files: [],
      next: null,
    });
  });

  it('reads a new file again by its creation date, when it has left the list of new files', async () => {
    const { session, http } = await withService();
    const before = await page(session, 'site-files', { site: 'cedar-labs', which: 'new' });
    const file = before.files[5];
    const request = await session.fileRequest(file?.link ?? '', 'text', patience());
    if (!request.ok) throw new Error();
    await http.exchange(request.value);
    const after = await page(session, 'site-files', { site: 'cedar-labs', which: 'new' });
    expect(after.files.some(({ id }) => id === file?.id)).toBe(false);
    const { reportId = '', criteria = {} } = file?.findAgainWith ?? {};
    const again = await page(session, reportId, criteria);
    expect(again.files.some(({ id }) => id === file?.id)).toBe(true);
    expect(again.files.length).toBeLessThan(6);
  });

  it('does not ask for days in the future when it looks for a file of today', async () => {
    const created = '03/15/2026T07:00:00+0000';
    const { session } = await withAnswers((path) =>
      path.endsWith('token')
        ? goodToken('t')
        : { body: JSON.stringify({ total: 1, items: [{ id: '1', createdOn: created }] }) },
    );
    const listed = await page(session, 'site-files', { site: 'acme', which: 'new' });
    expect(listed.files[0]?.findAgainWith).toEqual({
      reportId: 'site-files',
      criteria: { site: 'acme', which: 'creation-date', period: { from: '2026-03-13', to: '2026-03-15' } },
    });
  });

  it('lets nothing of a hostile name reach the file system', async () => {
    const hostile = [
      '../../../etc/passwd',
      'C:\\Windows\\CON',
      'a\u0000b:c?.csv',
      `${'x'.repeat(300)}.csv`,
      '..',
      'NUL.csv ',
    ];
    const { session } = await withService({
      faults: ({ path }) =>
        path === ARCHIVES
          ? {
              kind: 'json',
              edit: () => ({ total: 6, items: hostile.map((fileName, i) => ({ id: `${i}`, fileName })) }),
            }
          : undefined,
    });
    const listed = names(await page(session, 'daily-archives', { period: week }));
    expect(listed).toEqual(['passwd', '_CON', 'a_b_c_.csv', `${'x'.repeat(176)}.csv`, 'file', '_NUL.csv']);
  });

  it.each<[Fault, string]>([
    [{ kind: 'status', status: 403 }, 'not-ready'],
    [{ kind: 'status', status: 404 }, 'not-found'],
    [{ kind: 'status', status: 406 }, 'bad-request'],
    [{ kind: 'status', status: 412 }, 'not-ready'],
    [{ kind: 'status', status: 429 }, 'too-many-connections'],
    [{ kind: 'status', status: 500 }, 'service-down'],
    [{ kind: 'status', status: 503, body: '<html></html>' }, 'service-down'],
    [{ kind: 'status', status: 200, body: '{"total":1}' }, 'unusable-answer'],
    [{ kind: 'status', status: 418 }, 'unexpected-status'],
    [{ kind: 'html' }, 'html-answer'],
    [{ kind: 'empty' }, 'empty-answer'],
    [{ kind: 'broken-json' }, 'broken-json'],
    [{ kind: 'reset' }, 'connection-lost'],
    [{ kind: 'cut', afterBytes: 20 }, 'connection-lost'],
    [{ kind: 'json', edit: () => ({ items: [{}] }) }, 'unusable-answer'],
  ])('names the report in the failure of an answer like %j', async (fault, code) => {
    const { session } = await withService({ faults: ({ path }) => (path === ARCHIVES ? fault : undefined) });
    const result = await session.listPage(archives, null, patience());
    expect(result).toMatchObject({ ok: false, failure: { code, subject: 'Daily CDR archives (ZIP)' } });
  });

  it('does not ask what the service cannot answer', async () => {
    const { session, service } = await withService();
    const question = { reportId: 'site-files', criteria: { site: ALL, which: 'new' } };
    expect(await session.listPage(question, null, patience())).toMatchObject({
      failure: { code: 'bad-criteria' },
    });
    expect(service.requests).toEqual([]);
  });
});

describe('the network', () => {
  it('says when nobody listens', async () => {
    const server = await serveHttp(() => {});
    await server.close();
    const { session } = openSession(`${server.url}/pcs/api`);
    expect(await session.listPage(archives, null, patience())).toMatchObject({
      failure: { code: 'connection-refused', subject: 'Daily CDR archives (ZIP)' },
    });
  });

  it('does not send the password to a server whose certificate nobody vouches for', async () => {
    let asked = 0;
    const server = await serveTls(() => asked++);
    onTestFinished(() => server.close());
    const { session } = openSession(`${server.url}/pcs/api`);
    expect(await session.signIn(patience())).toMatchObject({ failure: { code: 'certificate-unknown' } });
    expect(asked).toBe(0);
  });

  it('says when an answer does not come', async () => {
    const server = await serveHttp(() => {});
    onTestFinished(() => server.close());
    const fields = { accountName: 'demo', accountPassword: 'demo' };
    const { session } = openSession(`${server.url}/pcs/api`, fields, { headersTimeout: 50 });
    expect(await session.signIn(patience())).toMatchObject({ failure: { code: 'timed-out' } });
  });

  it.each<[string, Fault]>([
    ['before the answer', { kind: 'stall' }],
    ['in the middle of a page', { kind: 'stall', afterBytes: 100 }],
  ])('stops at once %s', async (_, fault) => {
    const stop = new AbortController();
    const { session, service } = await withService({
      faults: ({ path }) => {
        if (path !== ARCHIVES) return undefined;
        setImmediate(() => stop.abort());
        return fault;
      },
    });
    expect(await session.listPage(archives, null, stop.signal)).toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(service.requests.filter(({ path }) => path === ARCHIVES)).toHaveLength(1);
  });

  it('stops at once while it signs in', async () => {
    const stop = new AbortController();
    const { session } = await withService({
      faults: () => {
        setImmediate(() => stop.abort());
        return { kind: 'stall' };
      },
    });
    expect(await session.listPage(archives, null, stop.signal)).toMatchObject({
      failure: { code: 'cancelled' },
    });
  });
});

describe('the token', () => {
  /** A server that must not be asked at all. */
  async function stranger() {
    const asked: (string | undefined)[] = [];
    const server = await serveHttp((request, response) => {
      asked.push(request.headers.authorization);
      response.end();
    });
    onTestFinished(() => server.close());
    return { asked, url: server.url.replace('127.0.0.1', 'localhost') };
  }

  it('does not go to a link on a host that is not trusted', async () => {
    const { session, http } = await withService();
    const other = await stranger();
    const request = await session.fileRequest(`${other.url}/file`, 'zip', patience());
    if (!request.ok) throw new Error();
    expect(await http.exchange(request.value)).toMatchObject({ failure: { code: 'untrusted-host' } });
    expect(other.asked).toEqual([]);
  });

  it.each(['a list', 'a file'])('does not follow a redirect of %s to another host', async (what) => {
    const other = await stranger();
    const { session, http, service } = await withService({
      faults: ({ path }) =>
        path === '/v1/oauth/token' ? undefined : { kind: 'redirect', to: `${other.url}/x` },
    });
    const request = await session.fileRequest(`${service.address}/v1/cdr/zip/1`, 'zip', patience());
    if (!request.ok) throw new Error();
    const result =
      what === 'a list'
        ? await session.listPage(archives, null, patience())
        : await http.exchange(request.value);
    expect(result).toMatchObject({ failure: { code: 'untrusted-host' } });
    expect(other.asked).toEqual([]);
  });

  it('is not asked for at another host: the password stays where it was typed for', async () => {
    const other = await stranger();
    const { session } = await withService({ faults: () => ({ kind: 'redirect', to: `${other.url}/x` }) });
    expect((await session.signIn(patience())).ok).toBe(false);
    expect(other.asked).toEqual([]);
  });

  it.each([
    ['https://pcsprod.webex.com/f', true],
    ['https://files-a.example.webex.com/f', true],
    ['https://files.cdr.example/f', true],
    ['http://files-a.example.webex.com/f', false],
    ['https://files-a.example.webex.com:8443/f', false],
    ['https://user@files-a.example.webex.com/f', false],
    ['https://evilwebex.com/f', false],
    ['https://webex.com.evil.example/f', false],
    ['http://127.0.0.1/f', false],
  ])('may go to %s: %s', async (url, trusted) => {
    const signsIn: HttpClient = {
      exchange: async () => ok({ status: 200, headers: {}, text: goodToken('t').body }),
      stream: async () => ok({ status: 200, headers: {} }),
      close: async () => {},
    };
    const session = createCiscoCca().openSession({
      serverAddress: 'https://files.cdr.example/pcs/api',
      fields: { accountName: 'a', accountPassword: 'b' },
      clock: createFakeClock(),
      http: signsIn,
    });
    const request = await session.fileRequest(url, 'text', patience());
    expect(request.ok && request.value.trusts(new URL(url))).toBe(trusted);
  });

  it('goes with a request for a file that asks for the bytes as they are', async () => {
    const { session, service, http } = await withService();
    const file = (await page(session, 'daily-archives', { period: week })).files[0];
    const request = await session.fileRequest(file?.link ?? '', 'zip', patience());
    if (!request.ok) throw new Error();
    expect(await http.exchange(request.value)).toMatchObject({ value: { status: 200 } });
    expect(service.requests.at(-1)).toMatchObject({
      method: 'GET',
      headers: {
        accept: 'application/zip',
        'accept-encoding': 'identity',
        authorization: expect.stringMatching(/^Bearer .{20,}$/),
      },
    });
    expect(await session.fileRequest('https://a.webex.com/', 'text', patience())).toMatchObject({
      value: { headers: { accept: 'text/csv' } },
    });
  });
});

describe('looking up sites', () => {
  it('answers with all of them, in the order that people sort', async () => {
    const { session } = await withService();
    const sites = await session.lookup('site-files', 'site', patience());
    expect(sites).toMatchObject({ ok: true });
    expect(sites.ok && sites.value.slice(0, 4)).toEqual([
      'alder-insurance',
      'alder-services',
      'Blue Harbor Foods',
      'brightwater-energy',
    ]);
    expect(sites.ok && sites.value).toHaveLength(12);
  });

  it('reads every page, each name once, numbers by their value', async () => {
    const all = ['site 10', 'site 9', 'Zebra', 'ähre', 'apple', 'site 9'];
    const { session, asked } = await withAnswers((path) => {
      if (path.endsWith('token')) return goodToken('t');
      const from = Number(new URLSearchParams(path.split('?')[1]).get('from'));
      const items = all.slice(from, from + 2).map((siteName) => ({ siteName }));
      return { body: JSON.stringify({ total: 5, items, size: 1 }) };
    });
    expect(await session.lookup('site-files', 'site', patience())).toEqual({
      ok: true,
      value: ['ähre', 'apple', 'site 9', 'site 10', 'Zebra'],
    });
    expect(asked).toHaveLength(4);
  });

  it('names the report when it fails', async () => {
    const { session } = await withService({
      faults: ({ path }) => (path === '/v1/cdr' ? { kind: 'status', status: 500 } : undefined),
    });
    expect(await session.lookup('site-files', 'site', patience())).toMatchObject({
      failure: { code: 'service-down', subject: 'CDR files of a site' },
    });
  });

  it('has nothing to look up for other fields', async () => {
    const { session } = await withService();
    expect(await session.lookup('peak-port', 'level', patience())).toMatchObject({
      failure: { code: 'bad-criteria' },
    });
  });
});

describe('looking into a file', () => {
  const heading = 'SITENAME|SITEURL|SITEID';

  it.each([
    ['site-list', `${heading}\nacme|a|1\nTotal:1\n`, []],
    ['site-list', `${heading}\nacme|a|1\nTotal:2\n`, ['list-may-be-incomplete']],
    ['daily-archives', 'anything', []],
  ])('tells what a person should know of %s with %j', async (reportId, content, notes) => {
    const folder = await mkdtemp(join(tmpdir(), 'inspect-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'f.csv'), content);
    const { session } = openSession('https://service.invalid/pcs/api');
    expect(await session.inspectFile(reportId, join(folder, 'f.csv'), null)).toEqual(notes);
  });

  it('does not vouch for a site list that it cannot read', async () => {
    const { session } = openSession('https://service.invalid/pcs/api');
    expect(await session.inspectFile('site-list', join(tmpdir(), 'no-such-folder', 'f.csv'), null)).toEqual([
      'list-may-be-incomplete',
    ]);
  });

  it('finds the list of the service complete', async () => {
    const { session, http } = await withService();
    const link = (await page(session, 'site-list', {})).files[0]?.link ?? '';
    const request = await session.fileRequest(link, 'text', patience());
    if (!request.ok) throw new Error();
    const answer = await http.exchange(request.value);
    if (!answer.ok) throw new Error();
    const folder = await mkdtemp(join(tmpdir(), 'inspect-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'f.csv'), answer.value.text);
    expect(await session.inspectFile('site-list', join(folder, 'f.csv'), null)).toEqual([]);
  });
});

describe('explaining the refusal of a file', () => {
  it('goes by the time on the clock', async () => {
    const { session, clock } = openSession('https://service.invalid/pcs/api');
    const file = { name: 'a.csv', expiresAt: clock.now() + 1000, attemptsCounted: 0 };
    const answer = { status: 403, headers: {}, text: '' };
    expect(session.explainFile(file, answer).code).toBe('not-available');
    await clock.advance(1000);
    expect(session.explainFile(file, answer).code).toBe('expired');
  });
});
