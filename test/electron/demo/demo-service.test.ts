import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoService, startDemoService } from '../../../electron/demo/demo-service.ts';
import type { Clock } from '../../../electron/lib/clock.ts';
import { askForToken, linkOf, md5Of, nameOf, signIn } from './demo-client.ts';

const today = '2026-07-14';
let service: DemoService;
let client: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  service = await startDemoService({ today });
  client = await signIn(service.address);
});
afterAll(() => service.close());

describe('signing in to the demo service', () => {
  it('listens on the loopback address', () => {
    expect(service.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/pcs\/api$/);
  });

  it('gives a bearer token that is different each time', async () => {
    expect(client.token.expiresIn).toBe(43_199);
    const again = await signIn(service.address);
    expect(again.token.accessToken).not.toBe(client.token.accessToken);
  });

  it.each([
    [401, { accountName: 'demo', accountPassword: 'wrong' }],
    [401, { accountName: 'nobody', accountPassword: 'demo' }],
    [400, { accountName: 'demo' }],
    [400, 'demo'],
  ])('answers %i to %j', async (status, body) => {
    expect((await askForToken(service.address, body)).status).toBe(status);
  });

  it.each(['/v1/cdr', '/v1/cca-site', '/v1/peakport/files/1', '/v1/nothing'])(
    'answers 401 to %s without a valid token',
    async (path) => {
      expect((await fetch(`${service.address}${path}`)).status).toBe(401);
      expect((await client.get(path, { authorization: 'Bearer wrong' })).status).toBe(401);
    },
  );

  it('takes a token no longer when its time is over', async () => {
    let now = 0;
    const clock: Clock = { now: () => now, sleep: async () => undefined };
    const short = await startDemoService({ today, clock });
    const { get } = await signIn(short.address);
    now = 43_198_999;
    expect((await get('/v1/cca-site')).status).toBe(200);
    now = 43_199_000;
    expect((await get('/v1/cca-site')).status).toBe(401);
    await short.close();
  });
});

describe('listings of the demo service', () => {
  it('lists the sites', async () => {
    const body: unknown = await (await client.get('/v1/cdr')).json();
    expect(body).toMatchObject({ total: 12, from: 0 });
    expect(JSON.stringify(body)).toContain('"siteName":"müller-anlagenbau","lastSiteUpdate":"');
  });

  const march = 'creationStartDate=03012026&creationEndDate=03312026';
  const lists = {
    archives: `/v1/cdr/daily/compression/files?${march}`,
    'daily peaks': `/v1/peakport/daily?level=customer&${march}`,
    'monthly peaks': '/v1/peakport/monthly?level=site&creationStartMonth=012026&creationEndMonth=062026',
    'new files': '/v1/cdr/cedar-labs',
    'files by meeting date': '/v1/cdr/Blue%20Harbor%20Foods?startDate=03012026&endDate=03312026&type=daily',
    'files by creation date': `/v1/cdr/m%C3%BCller-anlagenbau?${march}`,
  };

  it.each([
    ['archives', 31, 'CCA_SP_CDR_Daily_20260301.zip'],
    ['daily peaks', 31, 'Annuity_CCA_SP_Peak_Port_Usage_Customer_Daily_20260301.csv'],
    ['monthly peaks', 5, 'Annuity_CCA_SP_Peak_Port_Usage_Site_Calendar_Monthly_202601.csv'],
    ['new files', 365, 'cedar-labs_CCA_SP_CDR_Daily_20250714.csv'],
    ['files by meeting date', 31, 'Blue Harbor Foods_CCA_SP_CDR_Daily_20260301.csv'],
    ['files by creation date', 31, 'müller-anlagenbau_CCA_SP_CDR_Daily_20260228.csv'],
  ] as const)('lists %s, each with the size and MD5 of what it serves', async (what, total, firstName) => {
    const path = lists[what];
    const listing = await client.list(`${path}${path.includes('?') ? '&' : '?'}size=3`);
    expect(listing).toMatchObject({ total, from: 0, size: 1 });
    expect(listing.items.map(nameOf)[0]).toBe(firstName);
    expect(listing.items).toHaveLength(3);
    for (const item of listing.items) {
      const bytes = await client.bytes(item);
      expect(bytes.length).toBe(item.fileSize);
      expect(md5Of(bytes)).toBe(item.checksum);
    }
  });

  it('brings the files named for the asked days and months', async () => {
    const one = await client.list(
      '/v1/peakport/monthly?level=partner&creationStartMonth=032026&creationEndMonth=032026',
    );
    expect(one.items.map(nameOf)).toEqual([
      'Annuity_CCA_SP_Peak_Port_Usage_Partner_Calendar_Monthly_202603.csv',
    ]);
    const missing = await client.list(
      '/v1/cdr/daily/compression/files?creationStartDate=06162026&creationEndDate=06182026',
    );
    expect(missing.items.map(nameOf)).toEqual([
      'CCA_SP_CDR_Daily_20260616.zip',
      'CCA_SP_CDR_Daily_20260618.zip',
    ]);
  });

  it('pages by items: 30 when not asked, and the pages together are the whole', async () => {
    const path = '/v1/peakport/daily?level=partner&creationStartDate=01012026&creationEndDate=06302026';
    const first = await client.list(path);
    expect(first.items).toHaveLength(30);
    const whole = await client.list(`${path}&size=1000`);
    expect(whole.items).toHaveLength(180);
    const pages = [];
    for (let from = 0; from < whole.total; from += 70) {
      pages.push(...(await client.list(`${path}&from=${from}&size=70`)).items);
    }
    expect(pages).toEqual(whole.items);
    expect((await client.list(`${path}&from=500`)).items).toEqual([]);
  });

  it('takes one end of a period alone for the files of a site', async () => {
    const since = await client.list('/v1/cdr/cedar-labs?startDate=07102026');
    expect(since.items.map(nameOf)[0]).toBe('cedar-labs_CCA_SP_CDR_Daily_20260710.csv');
    expect(since.total).toBe(4);
    expect((await client.list('/v1/cdr/cedar-labs?creationEndDate=07162025')).total).toBe(2);
  });

  it('shows the oddities of the real service', async () => {
    const fresh = await client.list('/v1/cdr/eastgate-bank?size=2');
    expect(fresh.items.map((item) => [item.downloadLink !== undefined, item.a !== undefined])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(fresh.items[0]?.fileName).toBeUndefined();
    expect(fresh.items[0]?.metadata?.[0]).toEqual({ key: 'lastConferencaDate', value: '07-14-2025' });
    const monthly = await client.list(lists['monthly peaks']);
    const odd = monthly.items.filter(
      (item) => !/^\d\d\/\d\d\/\d{4}T\d\d:\d\d:\d\d\+0000$/.test(item.expiredOn),
    );
    expect(odd.map((item) => item.expiredOn)).toEqual(['06/23/2026/2027T08:43:18+0000']);
  });

  it('takes a file off the new ones when it was downloaded whole, and counts attempts', async () => {
    const path = '/v1/cdr/quartz-university';
    const [first, second] = (await client.list(`${path}?size=2`)).items;
    if (!first || !second) throw new Error('two items expected');
    expect(first.downloadAttempts).toBe(0);
    await client.bytes(first);
    await (await client.get(linkOf(second), { range: 'bytes=0-9' })).arrayBuffer();
    const fresh = await client.list(`${path}?size=1`);
    expect(fresh.total).toBe(364);
    expect(fresh.items[0]).toMatchObject({ id: second.id, downloadAttempts: 1 });
  });

  it.each([
    '/v1/cdr?size=0',
    '/v1/cdr?size=1001',
    '/v1/cdr?from=-1',
    '/v1/cdr/nobody',
    '/v1/cdr/%E0%A4%A',
    '/v1/cdr/cedar-labs?type=monthly',
    '/v1/cdr/cedar-labs?startDate=2026-03-01',
    '/v1/cdr/cedar-labs?startDate=03012026&creationEndDate=03312026',
    '/v1/cdr/daily/compression/files',
    '/v1/cdr/daily/compression/files?creationStartDate=03012026',
    '/v1/cdr/daily/compression/files?creationStartDate=03022026&creationEndDate=03012026',
    '/v1/cdr/daily/compression/files?creationStartDate=02302026&creationEndDate=03012026',
    `/v1/peakport/daily?${march}`,
    `/v1/peakport/daily?level=country&${march}`,
    '/v1/peakport/monthly?level=site&creationStartMonth=132026&creationEndMonth=132026',
  ])('answers 406 to %s', async (path) => {
    expect((await client.get(path)).status).toBe(406);
  });

  it.each(['/v1/nothing', '/v1/cdr/cedar-labs/1', '/v1/peakport/files/1', '/v1/peakport', '/v1'])(
    'answers 404 to %s',
    async (path) => {
      expect((await client.get(path)).status).toBe(404);
    },
  );

  it('gives the site list as CSV', async () => {
    const response = await client.get('/v1/cca-site');
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(await response.text()).toMatch(/^SITENAME\|SITEURL\|[\s\S]*\nTotal:12\n$/);
  });
});

describe('files of the demo service', () => {
  const someArchive = async () => {
    const path = '/v1/cdr/daily/compression/files?creationStartDate=05102026&creationEndDate=05102026';
    const [item] = (await client.list(path)).items;
    if (!item) throw new Error('one item expected');
    return { link: linkOf(item), whole: await client.bytes(item) };
  };

  it.each([
    ['bytes=100-', 100, undefined],
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=-50', -50, undefined],
  ])('answers 206 to %s with that part', async (range, from, to) => {
    const { link, whole } = await someArchive();
    const response = await client.get(link, { range });
    expect(response.status).toBe(206);
    const part = Buffer.from(await response.arrayBuffer());
    expect(part.equals(whole.subarray(from, to))).toBe(true);
    const start = from < 0 ? whole.length + from : from;
    expect(response.headers.get('content-range')).toBe(
      `bytes ${start}-${start + part.length - 1}/${whole.length}`,
    );
  });

  it('answers 416 to a range past the end', async () => {
    const { link, whole } = await someArchive();
    const response = await client.get(link, { range: `bytes=${whole.length}-` });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${whole.length}`);
  });

  it.each(['bytes=0-1,5-6', 'bytes=9-3', 'bytes=-', 'lines=1-2'])('ignores the range %s', async (range) => {
    const { link } = await someArchive();
    expect((await client.get(link, { range })).status).toBe(200);
  });

  it('continues only while If-Range names the present content', async () => {
    const { link } = await someArchive();
    const etag = (await client.get(link)).headers.get('etag') ?? '';
    expect((await client.get(link, { range: 'bytes=5-', 'if-range': etag })).status).toBe(206);
    expect((await client.get(link, { range: 'bytes=5-', 'if-range': '"other"' })).status).toBe(200);
  });

  it('refuses a file after 999 attempts', async () => {
    const [item] = (await client.list('/v1/cdr/orchard-media?startDate=07052026&endDate=07052026')).items;
    if (!item) throw new Error('one item expected');
    const ask = async () => {
      const response = await client.get(linkOf(item), { range: 'bytes=0-0' });
      await response.arrayBuffer();
      return response.status;
    };
    const statuses = [];
    for (let i = 0; i < 1000; i++) statuses.push(await ask());
    expect(statuses.indexOf(403)).toBe(999);
  });
});

describe('pace and end of the demo service', () => {
  /** Never really waits; remembers how long it should have. */
  const impatientClock = () => {
    const waits: number[] = [];
    const clock: Clock = {
      now: () => 0,
      sleep: async (ms) => {
        waits.push(ms);
      },
    };
    return { clock, waits };
  };

  it('waits before each answer, and between the pieces of a body as the speed asks', async () => {
    const { clock, waits } = impatientClock();
    const slow = await startDemoService({ today, clock, latencyMs: 120, bytesPerSecond: 100_000 });
    const { get } = await signIn(slow.address);
    waits.length = 0;
    const listing = await get('/v1/cdr/cedar-labs?startDate=07102026&endDate=07102026');
    const link = /"downloadLink":"([^"]+)"/.exec(await listing.text())?.[1] ?? '';
    waits.length = 0;
    const size = (await (await get(link)).arrayBuffer()).byteLength;
    const [latency, ...pieces] = waits;
    expect(latency).toBe(120);
    expect(pieces.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo((size / 100_000) * 1000, 3);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(50);
    await slow.close();
  });

  it('closes at once while requests are running', async () => {
    let reportStuck = () => {};
    const stuckInBody = new Promise<void>((resolve) => {
      reportStuck = resolve;
    });
    const clock: Clock = {
      now: () => 0,
      sleep: async (ms, signal) => {
        if (ms === 0) return;
        reportStuck();
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      },
    };
    const stuck = await startDemoService({ today, clock, bytesPerSecond: 1000 });
    const ended = expect(
      askForToken(stuck.address, { accountName: 'demo', accountPassword: 'demo' }),
    ).rejects.toThrow();
    await stuckInBody;
    await stuck.close();
    await ended;
  });

  it('lets an interceptor answer instead, or look on', async () => {
    const paths: string[] = [];
    const watched = await startDemoService({
      today,
      intercept: async ({ request, response }) => {
        paths.push(request.url ?? '');
        if (!request.url?.endsWith('cca-site')) return false;
        response.writeHead(204).end();
        return true;
      },
    });
    const { get } = await signIn(watched.address);
    expect((await get('/v1/cca-site')).status).toBe(204);
    expect((await get('/v1/cdr')).status).toBe(200);
    expect(paths).toEqual(['/pcs/api/v1/oauth/token', '/pcs/api/v1/cca-site', '/pcs/api/v1/cdr']);
    await watched.close();
  });
});
