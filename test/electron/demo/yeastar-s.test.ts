import { request as httpsRequest } from 'node:https';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { md5 } from '../../../electron/demo/seeded.ts';
import { HEADING } from '../../../electron/demo/yeastar-s/pbx-records.ts';
import { type PbxServiceOptions, startPbxService } from '../../../electron/demo/yeastar-s/pbx-service.ts';
import { startYeastarSample } from '../../../electron/demo/yeastar-s/yeastar-sample.ts';
import type { Clock } from '../../../electron/lib/clock.ts';
import { createYeastarS } from '../../../electron/providers/yeastar-s/index.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { certificate, key } from '../../fakes/loopback-certificates.ts';

const NOW = Date.parse('2026-03-15T12:00:00Z');
const MINUTE = 60_000;
const day = { starttime: '2026-03-02 00:00:00', endtime: '2026-03-02 23:59:59' };
const good = { username: 'demo', password: md5('demo'), port: '8260' };

const answerSchema = z.record(z.string(), z.string());
type PbxJson = z.infer<typeof answerSchema>;

/** A PBX, and what it answers to a client that knows nothing. */
async function withPbx(options: Omit<PbxServiceOptions, 'clock'> = {}) {
  const clock = createFakeClock(NOW);
  const service = await startPbxService({ ...options, clock });
  onTestFinished(() => service.close());
  const send = (path: string, init: RequestInit = {}) => fetch(`${service.address}${path}`, init);
  const post = async (
    path: string,
    body: unknown,
    type = 'application/json; charset=utf-8',
  ): Promise<PbxJson> => {
    const headers = { 'content-type': type };
    const answer = await send(`/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return answerSchema.parse(await answer.json());
  };
  const signIn = async (version = 'v1.1.0') => (await post(`${version}/login`, good)).token ?? '';
  const random = async (token: string, more: object = {}) =>
    post(`v1.1.0/cdr/get_random?token=${token}`, { extid: 'all', ...day, ...more });
  const link = (values: Record<string, string>) =>
    `/api/v1.1.0/cdr/download?${Object.entries(values)
      .map(([name, value]) => `${name}=${value.replaceAll(' ', '%20')}`)
      .join('&')}`;
  const download = async (values: Record<string, string>) => (await send(link(values))).text();
  return { clock, service, send, post, signIn, random, link, download };
}

const failed = (errno: number) => ({ status: 'Failed', errno: String(errno) });
const failedText = (errno: number) => JSON.stringify(failed(errno));

describe('signing in to the imitation of a PBX', () => {
  it('gives a token of 32 hex digits, another one each time', async () => {
    const { signIn } = await withPbx();
    const [one, two] = [await signIn(), await signIn('v2.0.0')];
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(two).toMatch(/^[0-9a-f]{32}$/);
    expect(one).not.toBe(two);
  });

  it.each([
    [20_003, { ...good, password: 'demo' }],
    [20_003, { ...good, password: md5('demo').toUpperCase() }],
    [20_003, { ...good, username: 'other' }],
    [10_004, { ...good, username: '' }],
    [10_004, { username: 'demo', password: md5('demo') }],
    [20_008, { ...good, port: '65537' }],
    [20_008, { ...good, port: 'x' }],
  ])('answers %i to %j', async (errno, body) => {
    expect(await (await withPbx()).post('v1.1.0/login', body)).toEqual(failed(errno));
  });

  it('needs no port in version 2.0.0', async () => {
    const { post } = await withPbx();
    expect(await post('v2.0.0/login', { username: 'demo', password: md5('demo') })).toMatchObject({
      status: 'Success',
    });
  });

  it('answers with status 200 to what is not JSON or not a POST, and to versions it does not have', async () => {
    const { post, send } = await withPbx({ versions: ['v2.0.0'] });
    expect(await post('v2.0.0/login', good, 'text/plain')).toEqual(failed(20_000));
    expect(await post('v2.0.0/login', 'text')).toEqual(failed(20_000));
    const got = await send('/api/v2.0.0/login');
    expect(got.status).toBe(200);
    expect(await got.json()).toEqual(failed(20_001));
    expect(await post('v1.1.0/login', good)).toEqual(failed(10_003));
  });

  it('has a web page for what it does not know', async () => {
    const { send } = await withPbx();
    const answer = await send('/openapi/v1.0/get_token');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/^<!DOCTYPE/);
  });

  it('locks an address out for ten minutes after five failures in a row', async () => {
    const { post, clock } = await withPbx();
    const wrong = () => post('v1.1.0/login', { ...good, password: 'x' });
    for (let failures = 0; failures < 4; failures++) await wrong();
    expect(await post('v1.1.0/login', good)).toMatchObject({ status: 'Success' });
    for (let failures = 0; failures < 5; failures++) expect(await wrong()).toEqual(failed(20_003));
    expect(await post('v1.1.0/login', good)).toEqual(failed(20_002));
    clock.set(NOW + 10 * MINUTE - 1);
    expect(await post('v1.1.0/login', good)).toEqual(failed(20_002));
    clock.set(NOW + 10 * MINUTE);
    expect(await post('v1.1.0/login', good)).toMatchObject({ status: 'Success' });
  });
});

describe('a token of the imitation', () => {
  it('dies after thirty minutes without use', async () => {
    const { signIn, random, clock } = await withPbx();
    const token = await signIn();
    clock.set(NOW + 29 * MINUTE);
    expect(await random(token)).toMatchObject({ status: 'Success' });
    clock.set(NOW + 59 * MINUTE - 1);
    expect(await random(token)).toMatchObject({ status: 'Success' });
    clock.set(NOW + 89 * MINUTE);
    expect(await random(token)).toEqual(failed(20_006));
  });

  it('is told from one that is not there, and from none', async () => {
    const { random, service, signIn, post } = await withPbx();
    expect(await random('')).toEqual(failed(20_005));
    expect(await random('nonsense')).toEqual(failed(20_004));
    const [one, two] = [await signIn(), await signIn()];
    expect(await post(`v1.1.0/logout?token=${one}`, {})).toEqual({ status: 'Success' });
    expect(await random(one)).toEqual(failed(20_004));
    service.forgetTokens();
    expect(await random(two)).toEqual(failed(20_004));
  });

  it('can be kept alive by a heartbeat that says where events go', async () => {
    const { post, signIn } = await withPbx();
    const token = await signIn();
    expect(await post(`v1.1.0/heartbeat?token=${token}`, {})).toEqual(failed(10_004));
    expect(await post(`v1.1.0/heartbeat?token=${token}`, { ipaddr: '10.0.0.1', port: '8260' })).toEqual({
      status: 'Success',
    });
  });
});

describe('a random string of the imitation', () => {
  it('comes with what it is for, under the name that the version has for extensions', async () => {
    const { random, post, signIn } = await withPbx();
    const token = await signIn();
    expect(await random(token)).toEqual({
      status: 'Success',
      extid: 'all',
      ...day,
      random: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(await post(`v2.0.0/cdr/get_random?token=${token}`, { number: '1000', ...day })).toMatchObject({
      number: '1000',
    });
    expect(await post(`v2.0.0/cdr/get_random?token=${token}`, { extid: 'all', ...day })).toEqual(
      failed(10_004),
    );
  });

  it.each([
    [10_004, { extid: '' }],
    [10_004, { starttime: undefined }],
    [10_006, { extid: '1000,4711' }],
    [20_015, { allowedip: 'here' }],
    [20_019, { starttime: '2026-03-02' }],
    [20_019, { starttime: '2026-03-02 24:00:00' }],
    [20_019, { starttime: '2026-03-03 00:00:00' }],
  ])('is refused with %i for %j', async (errno, more) => {
    const { random, signIn } = await withPbx();
    expect(await random(await signIn(), more)).toEqual(failed(errno));
  });

  async function withRandom() {
    const pbx = await withPbx();
    const token = await pbx.signIn();
    const { random = '' } = await pbx.random(token);
    return { ...pbx, values: { extid: 'all', ...day, token, random } };
  }

  it('is good for one download', async () => {
    const { download, values } = await withRandom();
    expect(await download(values)).toContain(HEADING);
    expect(await download(values)).toBe(failedText(20_020));
  });

  it('is good for thirty seconds', async () => {
    const early = await withRandom();
    early.clock.set(NOW + 29_999);
    expect(await early.download(early.values)).toContain(HEADING);
    const late = await withRandom();
    late.clock.set(NOW + 30_000);
    expect(await late.download(late.values)).toBe(failedText(20_020));
  });

  it.each<[string, number, (values: Record<string, string>) => Record<string, string>]>([
    ['another period', 20_020, (values) => ({ ...values, endtime: '2026-03-03 23:59:59' })],
    ['other extensions', 20_020, (values) => ({ ...values, extid: '1000' })],
    [
      'a blank that is a plus',
      20_019,
      (values) => ({ ...values, starttime: values.starttime?.replace(' ', '+') ?? '' }),
    ],
    ['no random string', 10_004, ({ random: _, ...values }) => values],
    ['no extensions', 10_004, ({ extid: _, ...values }) => values],
    ['another name for extensions', 10_004, ({ extid, ...values }) => ({ number: extid ?? '', ...values })],
    ['no token', 20_005, ({ token: _, ...values }) => values],
    ['another token', 20_004, (values) => ({ ...values, token: 'x' })],
  ])('is not good for %s', async (_, errno, change) => {
    const { download, values } = await withRandom();
    expect(await download(change(values))).toBe(failedText(errno));
  });

  it('is bound to its token', async () => {
    const { download, values, signIn } = await withRandom();
    expect(await download({ ...values, token: await signIn() })).toBe(failedText(20_020));
  });
});

describe('the records of the imitation', () => {
  async function fetchCsv(more: { extid?: string; starttime?: string; endtime?: string } = {}) {
    const pbx = await withPbx();
    const token = await pbx.signIn();
    const asked = { extid: 'all', ...day, ...more };
    const { random = '' } = await pbx.random(token, asked);
    const content = await pbx.download({ ...asked, token, random });
    const rows: Record<string, string>[] = content.startsWith('{') ? [] : parse(content, { columns: true });
    return { content, rows };
  }

  it('are the same each time, in order, within the period, under the misspelt heading', async () => {
    const { content, rows } = await fetchCsv();
    expect(content.split('\n')[0]).toBe(
      'callid,timestart,callfrom,callto,callduraction,talkduraction,srctrunkname,dsttrunkname,status,type,pincode,recording,didnumber,sn',
    );
    expect((await fetchCsv()).content).toBe(content);
    expect(rows.length).toBeGreaterThan(50);
    const times = rows.map(({ timestart = '' }) => timestart);
    expect(times).toEqual([...times].sort());
    expect(times.every((time) => time >= day.starttime && time <= day.endtime)).toBe(true);
    expect(new Set(rows.map(({ callid }) => callid)).size).toBe(rows.length);
  });

  it('are those of the extensions asked for', async () => {
    const { rows } = await fetchCsv({ extid: '1000,1001' });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ callfrom, callto }) => /100[01]/.test(`${callfrom} ${callto}`))).toBe(true);
  });

  it('are none of the future, none of long ago', async () => {
    const { rows } = await fetchCsv({ starttime: '2026-03-15 00:00:00', endtime: '2026-03-31 23:59:59' });
    expect(rows.every(({ timestart = '' }) => timestart <= '2026-03-15 12:00:00')).toBe(true);
    expect(
      (await fetchCsv({ starttime: '2026-03-16 00:00:00', endtime: '2026-03-16 23:59:59' })).content,
    ).toBe(failedText(20_021));
    expect(
      (await fetchCsv({ starttime: '2020-01-01 00:00:00', endtime: '2020-12-31 23:59:59' })).content,
    ).toBe(failedText(20_021));
  });
});

describe('how the imitation sends', () => {
  it('ends a file with the connection: no length, no chunks', async () => {
    const { service, signIn, random, link } = await withPbx();
    const token = await signIn();
    const { random: once = '' } = await random(token);
    const { port } = new URL(service.address);
    const socket = createConnection(Number(port), '127.0.0.1');
    socket.write(`GET ${link({ extid: 'all', ...day, token, random: once })} HTTP/1.1\r\nHost: pbx\r\n\r\n`);
    const answer = await text(socket);
    const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head.toLowerCase()).not.toMatch(/content-length|transfer-encoding/);
    expect(head.toLowerCase()).toMatch(/connection: close/);
    expect(head).toMatch(/server: Boa/);
    expect(body.startsWith(HEADING)).toBe(true);
  });

  it('has another answer sent where a test wants it', async () => {
    const { send } = await withPbx({
      change: ({ query }) => ({
        kind: 'file',
        bytes: Buffer.from('0123456789'),
        length: query === 'told' ? 'told' : 'none',
        ...(query === 'told' ? { breaksAfter: 4 } : { endsAfter: 4 }),
      }),
    });
    expect(await (await send('/any')).text()).toBe('0123');
    await expect(send('/any?told').then((answer) => answer.text())).rejects.toThrow();
  });

  it('speaks TLS with the certificate that it is handed', async () => {
    const { service } = await withPbx({ tls: { key, cert: certificate } });
    const answer = await new Promise<string>((resolve, reject) => {
      const request = httpsRequest(
        `${service.address}/api/v1.1.0/login`,
        { method: 'POST', ca: certificate, headers: { 'content-type': 'application/json' } },
        (response) => text(response).then(resolve, reject),
      );
      request.on('error', reject).end(JSON.stringify(good));
    });
    expect(JSON.parse(answer)).toMatchObject({ status: 'Success' });
  });
});

describe('sample data', () => {
  it('can be signed in to with what it says', async () => {
    const hurried: Clock = { now: () => NOW, sleep: async () => undefined };
    const sample = await startYeastarSample(hurried);
    onTestFinished(() => sample.close());
    expect(createYeastarS().readAddress(sample.serverAddress)).toEqual({
      ok: true,
      value: sample.serverAddress,
    });
    const { userName: username, password } = sample.fields;
    const answer = await fetch(`${sample.serverAddress}/api/v1.1.0/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: md5(password), port: '8260' }),
    });
    expect(await answer.json()).toMatchObject({ status: 'Success' });
  });
});
