import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../fakes/fault.ts';
import { type FaultyService, startFaultyService } from '../../fakes/faulty-service.ts';
import { askForToken, linkOf, signIn } from './demo-client.ts';

let service: FaultyService;
let client: Awaited<ReturnType<typeof signIn>>;
let link: string;
let whole: Buffer;

const listPath = '/v1/cdr/cedar-labs?startDate=07102026&endDate=07102026';

beforeEach(async () => {
  service = await startFaultyService({ today: '2026-07-14' });
  client = await signIn(service.address);
  const [item] = (await client.list(listPath)).items;
  if (!item) throw new Error('one item expected');
  link = linkOf(item);
  whole = await client.bytes(item);
});
afterEach(() => service.close());

/** Asks for the file while the fault is on. */
const withFault = (fault: Fault, headers: Record<string, string> = {}): Promise<Response> => {
  service.setFaults(() => fault);
  return client.get(link, headers);
};
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('faulty service', () => {
  it('answers another status, body and headers', async () => {
    const response = await withFault({
      kind: 'status',
      status: 429,
      body: 'slow',
      headers: { 'retry-after': '7' },
    });
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
      429,
      '7',
      'slow',
    ]);
  });

  it('answers with a web page, nothing, or another address', async () => {
    expect(await (await withFault({ kind: 'html' })).text()).toMatch(/^<!DOCTYPE html>/);
    expect(await (await withFault({ kind: 'empty' })).text()).toBe('');
    service.setFaults(({ path }) =>
      path === '/v1/cdr' ? { kind: 'redirect', to: `${service.address}/v1/cca-site` } : undefined,
    );
    expect(await (await client.get('/v1/cdr')).text()).toMatch(/^SITENAME/);
  });

  it('ends the connection before the answer, or within the body', async () => {
    await expect(withFault({ kind: 'reset' })).rejects.toThrow();
    const response = await withFault({ kind: 'cut', afterBytes: 1000 });
    expect(response.headers.get('content-length')).toBe(String(whole.length));
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('stalls within the body until it is released', async () => {
    const response = await withFault({ kind: 'stall', afterBytes: 1000 });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.length).toBe(1000);
    service.release();
    let rest = 0;
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      rest += next.value.length;
    }
    expect(rest).toBe(whole.length - 1000);
  });

  it('closes while answers are stalled', async () => {
    const response = await withFault({ kind: 'stall', afterBytes: 10 });
    const ended = expect(response.arrayBuffer()).rejects.toThrow();
    await service.close();
    await ended;
  });

  it('drips the normal answer', async () => {
    expect((await bodyOf(await withFault({ kind: 'drip', bytesPerSecond: 1e9 }))).equals(whole)).toBe(true);
  });

  it('changes one byte', async () => {
    const body = await bodyOf(await withFault({ kind: 'corrupt', atByte: 500 }));
    expect(body.length).toBe(whole.length);
    expect([...body.keys()].filter((at) => body[at] !== whole[at])).toEqual([500]);
  });

  it('changes body and headers', async () => {
    const shorter = await withFault({ kind: 'body', edit: (body) => body.subarray(0, 100) });
    expect((await bodyOf(shorter)).length).toBe(100);
    const bare = await withFault({
      kind: 'headers',
      set: { etag: null, 'content-length': null, 'x-more': '1' },
    });
    expect([
      bare.headers.get('etag'),
      bare.headers.get('content-length'),
      bare.headers.get('x-more'),
    ]).toEqual([null, null, '1']);
    expect((await bodyOf(bare)).equals(whole)).toBe(true);
  });

  it('ignores a range, or answers another one', async () => {
    const ignored = await withFault({ kind: 'ignore-range' }, { range: 'bytes=100-' });
    expect([ignored.status, (await bodyOf(ignored)).length]).toEqual([200, whole.length]);
    const other = await withFault({ kind: 'wrong-range', offset: -40 }, { range: 'bytes=100-' });
    expect([other.status, other.headers.get('content-range')]).toEqual([
      206,
      `bytes 60-${whole.length - 1}/${whole.length}`,
    ]);
  });

  it('lies about the length', async () => {
    const longer = await withFault({ kind: 'wrong-length', delta: 5 });
    expect(longer.headers.get('content-length')).toBe(String(whole.length + 5));
    await expect(longer.arrayBuffer()).rejects.toThrow();
  });

  it('compresses unasked', async () => {
    const response = await withFault({ kind: 'gzip' }, { 'accept-encoding': 'identity' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect((await bodyOf(response)).equals(whole)).toBe(true);
  });

  it('breaks or edits JSON, and shortens pages', async () => {
    service.setFaults(() => ({ kind: 'broken-json' }));
    await expect((await client.get(listPath)).json()).rejects.toThrow(SyntaxError);
    service.setFaults(() => ({ kind: 'json', edit: () => ({ total: 0, from: 0, size: 0, items: [] }) }));
    expect((await client.list(listPath)).items).toEqual([]);
    service.setFaults(() => ({ kind: 'short-pages', size: 2 }));
    const page = await client.list('/v1/cdr/cedar-labs?startDate=07012026&endDate=07102026&size=1000');
    expect([page.items.length, page.total]).toEqual([2, 10]);
  });

  it('tells a fault how often the path was asked before', async () => {
    service.setFaults(({ path, tries }) =>
      path === '/v1/cca-site' && tries < 2 ? { kind: 'status', status: 503 } : undefined,
    );
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await client.get('/v1/cca-site')).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('refuses every token of before once they are revoked', async () => {
    service.revokeTokens();
    expect((await client.get('/v1/cca-site')).status).toBe(401);
    const again = await signIn(service.address);
    expect((await again.get('/v1/cca-site')).status).toBe(200);
  });

  it('keeps a record of what it was asked', async () => {
    await askForToken(service.address, {});
    await client.get('/v1/cca-site', { accept: 'text/csv' });
    const [refused, asked] = service.requests.slice(-2);
    expect(refused).toMatchObject({ method: 'POST', path: '/v1/oauth/token', status: 400 });
    expect(asked).toMatchObject({ method: 'GET', path: '/v1/cca-site', query: '', status: 200 });
    expect(asked?.headers).toMatchObject({
      accept: 'text/csv',
      authorization: `Bearer ${client.token.accessToken}`,
    });
  });

  it('takes 20 connections of one token at a time and answers 429 to the next', async () => {
    service.setFaults(({ query }) => (query.has('hold') ? { kind: 'stall', afterBytes: 1 } : undefined));
    const held = await Promise.all(Array.from({ length: 20 }, () => client.get('/v1/cca-site?hold')));
    expect(held.map((response) => response.status)).toEqual(Array(20).fill(200));
    expect(service.maxRequestsAtOnce).toBe(20);
    expect(service.maxConnections).toBeGreaterThanOrEqual(20);
    expect((await client.get('/v1/cca-site')).status).toBe(429);
    const other = await signIn(service.address);
    expect((await other.get('/v1/cca-site')).status).toBe(200);
    service.release();
    await Promise.all(held.map((response) => response.text()));
    expect((await client.get('/v1/cca-site')).status).toBe(200);
  });
});
