import { createHmac } from 'node:crypto';
import { request as requestTls } from 'node:https';
import { text } from 'node:stream/consumers';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type HuaweiServiceOptions,
  resultAnswer,
  startHuaweiService,
} from '../../../electron/demo/huawei-cec/huawei-service.ts';
import { startHuaweiSample } from '../../../electron/demo/huawei-cec/index.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { certificate, key } from '../../fakes/loopback-certificates.ts';

const NOW = Date.UTC(2026, 2, 15, 12);
const MINUTE_MS = 60_000;
const PATH = '/CCFS/resource/ccfs';

async function withService(options: Partial<HuaweiServiceOptions> = {}) {
  const clock = createFakeClock(NOW);
  const service = await startHuaweiService({ clock, ...options });
  onTestFinished(() => service.close());
  return { clock, service, ask: client(service.address, () => clock.now()) };
}

interface Tampering {
  readonly at?: number;
  readonly sk?: string;
  readonly ak?: string;
  readonly sentBody?: string;
  readonly method?: string;
  readonly type?: string;
}

/** A client of its own, with the second step of the signature written out by hand. */
function client(address: string, now: () => number) {
  return async (call: string, msgBody: object, tampering: Tampering = {}) => {
    const { at = now(), sk = 'demo-sk', ak = 'demo-ak', method = 'POST' } = tampering;
    const { type = 'application/json; charset=UTF-8' } = tampering;
    const body = JSON.stringify({ request: { version: '2.0' }, msgBody });
    const hex = (secret: string, data: string) => createHmac('sha256', secret).update(data).digest('hex');
    const time = new Date(at).toISOString().replace(/\.\d+/, '');
    const prefix = `auth-v2/${ak}/${time}/host`;
    const host = new URL(address).host.replace(':', '%3A');
    const encoded = encodeURIComponent(body).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    const signature = hex(hex(sk, prefix), `POST\n${PATH}/${call}\nhost\nhost:${host}\n${encoded}`);
    const response = await fetch(`${address}${PATH}/${call}`, {
      method,
      headers: { authorization: `${prefix}/${signature}`, 'content-type': type },
      ...(method === 'POST' && { body: tampering.sentBody ?? body }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const json = bytes.toString().startsWith('{') ? JSON.parse(bytes.toString()) : null;
    return { status: response.status, type: response.headers.get('content-type'), bytes, json };
  };
}

const span = { beginTime: '2026-03-01 00:00:00', endTime: '2026-03-03 23:59:59' };
const nameOf = (responseId: string) => ({ billFileName: `20260315_${responseId.replaceAll('-', '')}.zip` });

describe('the imitation accepts', () => {
  it('an order, and gives the file when it is made', async () => {
    const { ask, clock } = await withService();
    const order = await ask('queryBillData', { ...span, dataType: 'call_record' });
    expect(order.json).toMatchObject({ resultCode: '0', response: { resultCode: '0' } });
    const name = nameOf(order.json.resultData.responseId);
    await clock.advance(19_999);
    const early = await ask('downloadBillFile', name);
    expect(early).toMatchObject({ status: 200, json: { resultCode: '0300011' } });
    expect(early.type).toMatch(/octet-stream/i);
    await clock.advance(1);
    const tables = Object.keys(unzipSync((await ask('downloadBillFile', name)).bytes));
    expect(tables.filter((table) => table.includes('_call_')).length).toBeGreaterThan(1);
    expect(tables.filter((table) => table.includes('_record_')).length).toBeGreaterThan(0);
    expect(tables.every((table) => /^\d{20}_(call|record)_\d+\.csv$/.test(table))).toBe(true);
  });

  it('the same order twice for two files', async () => {
    const { ask, service } = await withService();
    await ask('queryBillData', span);
    await ask('queryBillData', span);
    expect(new Set(service.names).size).toBe(2);
  });
});

describe('the imitation refuses with 401', () => {
  it.each<[string, Tampering]>([
    ['another secret', { sk: 'other' }],
    ['an unknown key', { ak: 'other' }],
    ['a time that is too early', { at: NOW - 16 * MINUTE_MS }],
    ['a time that is too late', { at: NOW + 16 * MINUTE_MS }],
    ['a body that is not the signed one', { sentBody: '{"request":{"version":"2.0"},"msgBody":{} }' }],
  ])('%s', async (_what, tampering) => {
    const { ask, service } = await withService();
    expect((await ask('downloadBillFile', nameOf('a'), tampering)).status).toBe(401);
    expect(service.calls).toHaveLength(0);
    expect(service.refusals).toBe(1);
  });

  it('a signature of another form than its own', async () => {
    const { ask } = await withService({
      accepts: { emptyQueryLine: true, milliseconds: false, signedHeaders: ['host'] },
    });
    expect((await ask('downloadBillFile', nameOf('a'))).status).toBe(401);
  });
});

describe('the imitation answers with status 200 and code', () => {
  it.each([
    ['0300001', 'queryBillData', { beginTime: span.beginTime }],
    ['0300002', 'queryBillData', { ...span, beginTime: '' }],
    ['0300004', 'queryBillData', { ...span, beginTime: '2026-03-01T00:00:00' }],
    ['0300004', 'queryBillData', { ...span, dataType: 'other' }],
    ['0300013', 'queryBillData', { beginTime: span.endTime, endTime: span.beginTime }],
    ['0300012', 'queryBillData', { beginTime: '2020-01-01 00:00:00', endTime: '2020-01-02 00:00:00' }],
    ['0300099', 'queryBillData', { ...span, endTime: '2026-03-04 00:00:00' }],
    ['0300003', 'downloadBillFile', { billFileName: `20260315_${'a'.repeat(40)}.zip` }],
    ['0300004', 'downloadBillFile', { billFileName: '20260315-a.zip' }],
    ['0300010', 'downloadBillFile', { billFileName: '20260230_a.zip' }],
    ['0300011', 'downloadBillFile', { billFileName: '20260315_a.zip' }],
  ])('%s to %s with %j', async (code, call, msgBody) => {
    const { ask } = await withService();
    expect(await ask(call, msgBody)).toMatchObject({ status: 200, json: { resultCode: code } });
  });

  it('0300001 where it wants a callback address', async () => {
    const { ask } = await withService({ callbackWanted: true });
    expect((await ask('queryBillData', span)).json.resultCode).toBe('0300001');
  });
});

describe('the imitation, where it is told to,', () => {
  const [midnight, second] = [Date.UTC(2026, 2, 4), 1000];
  const oneDay = { beginTime: '2026-03-03 00:00:00', endTime: '2026-03-04 00:00:00', dataType: 'call' };
  /** The further calls in the file of an order. */
  async function callsOf(options: Partial<HuaweiServiceOptions>, asked: object) {
    const { ask } = await withService({ makingMs: 0, moreCalls: [midnight - second, midnight], ...options });
    const order = await ask('queryBillData', asked);
    const { bytes } = await ask('downloadBillFile', nameOf(order.json.resultData.responseId));
    const tables = Object.values(unzipSync(bytes)).map((table) => Buffer.from(table).toString());
    return tables
      .join('')
      .split('\r\n')
      .filter((row) => row.includes('further-'))
      .map((row) => row.split(',')[11]);
  }

  it('leaves the end of a span out, or not', async () => {
    const last = '2026-03-03 23:59:59';
    expect(await callsOf({}, oneDay)).toEqual([last, '2026-03-04 00:00:00']);
    expect(await callsOf({ endExcluded: true }, oneDay)).toEqual([last]);
  });

  it('takes times for those of its zone, and has them in its tables', async () => {
    const timesZone = 'Asia/Shanghai';
    const asked = { ...oneDay, beginTime: '2026-03-04 07:59:59', endTime: '2026-03-04 07:59:59' };
    expect(await callsOf({ timesZone }, asked)).toEqual(['2026-03-04 07:59:59']);
    expect(await callsOf({ timesZone, rowsZone: 'UTC' }, asked)).toEqual(['2026-03-03 23:59:59']);
    expect(await callsOf({ timesZone: 'America/New_York' }, oneDay)).toEqual([
      '2026-03-03 18:59:59',
      '2026-03-03 19:00:00',
    ]);
  });

  it('stands so many calls of a kind in a minute, and no more', async () => {
    const { ask, clock } = await withService({ mostInMinute: { queryBillData: 1, downloadBillFile: 2 } });
    const codes = async (call: string, msgBody: object) =>
      (await ask(call, msgBody)).json.resultCode as string;
    expect([await codes('queryBillData', span), await codes('queryBillData', span)]).toEqual([
      '0',
      '0300009',
    ]);
    const looks = [nameOf('a'), nameOf('a'), nameOf('a')];
    const answers: string[] = [];
    for (const look of looks) answers.push(await codes('downloadBillFile', look));
    expect(answers).toEqual(['0300011', '0300011', '0300008']);
    await clock.advance(MINUTE_MS);
    expect(await codes('queryBillData', span)).toBe('0');
  });
});

describe('the imitation fails its test at its end where a client', () => {
  async function started(options: Partial<HuaweiServiceOptions> = {}) {
    const clock = createFakeClock(NOW);
    const service = await startHuaweiService({ clock, ...options });
    return { service, ask: client(service.address, () => clock.now()) };
  }

  it('asks for two files at a time', async () => {
    let arrived = 0;
    const { service, ask } = await started({
      intercept: () => {
        arrived += 1;
        return resultAnswer('0300011', '');
      },
    });

    const many = Array.from({ length: 20 }, () => ask('downloadBillFile', nameOf('a')));
    await Promise.all(many);
    expect(arrived).toBe(20);
    await expect(service.close()).rejects.toThrow(/calls of downloadBillFile at a time/);
  });

  it('spells the content type in another way', async () => {
    const { service, ask } = await started();
    await ask('downloadBillFile', nameOf('a'), { type: 'application/json;charset=UTF-8' });
    await expect(service.close()).rejects.toThrow('content type application/json;charset=UTF-8');
  });

  it('does neither: then it does not', async () => {
    const { service, ask } = await started();
    for (let i = 0; i < 3; i += 1) await ask('downloadBillFile', nameOf('a'));
    await service.close();
  });

  it('does so, but not where it is told to put up with it', async () => {
    const { service, ask } = await started({ strict: false });
    await ask('downloadBillFile', nameOf('a'), { type: 'text/plain' });
    await service.close();
  });
});

it('the imitation has nothing at other paths and for other methods', async () => {
  const { ask } = await withService();
  expect((await ask('listBillFiles', {})).status).toBe(404);
  expect((await ask('downloadBillFile', {}, { method: 'GET' })).status).toBe(404);
});

it('the imitation speaks TLS with the key and certificate it is handed', async () => {
  const { service } = await withService({ tls: { key, cert: certificate } });
  expect(service.address).toMatch(/^https:/);
  const status = await new Promise((resolve, reject) => {
    const url = `${service.address}${PATH}/downloadBillFile`;
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    const sent = requestTls(url, { method: 'POST', ca: certificate, agent: false, headers }, (answer) => {
      text(answer).then(() => resolve(answer.statusCode), reject);
    });
    sent.on('error', reject).end('{}');
  });
  expect(status).toBe(401);
});

it('the sample service says how to sign in to it', async () => {
  const sample = await startHuaweiSample(createFakeClock(NOW));
  onTestFinished(() => sample.close());
  expect(sample.fields).toEqual({ accessKey: 'demo-ak', secretKey: 'demo-sk', timeZone: 'UTC' });
  const answer = await client(sample.serverAddress, () => NOW)('downloadBillFile', nameOf('a'));
  expect(answer.json.resultCode).toBe('0300011');
});
