import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { shownSignInFields } from '../../../../electron/contract/account.ts';
import { usualSignature } from '../../../../electron/demo/huawei-cec/check-signature.ts';
import { createHuaweiCec } from '../../../../electron/providers/huawei-cec/index.ts';
import { serveHttp } from '../../../fakes/loopback-server.ts';
import { NOW, opener, patience, withService } from './opened.ts';

const provider = createHuaweiCec();
const MINUTE_MS = 60_000;

describe('the server address', () => {
  it.each([
    ['https://10.0.0.5:8443', 'https://10.0.0.5:8443'],
    ['cc.example.test:8443/', 'https://cc.example.test:8443'],
    ['https://cc.example.test:443', 'https://cc.example.test:443'],
  ])('%s is %s', (typed, address) => {
    expect(provider.readAddress(typed)).toEqual({ ok: true, value: address });
  });

  it.each([
    '',
    'cc.example.test',
    'https://cc.example.test/',
    'http://cc.example.test:8080',
    'https://a:b@cc.test:1',
  ])('is not %j: there is no usual port, and no way but https', (typed) => {
    expect(provider.readAddress(typed)).toMatchObject({ ok: false, failure: { code: 'bad-address' } });
  });
});

describe('the declaration', () => {
  it('asks for key, secret and time zone first, and says where each is found', () => {
    const { fields, defaultServerAddress, addressHelp } = provider.signIn;
    const first = fields.filter(({ advanced }) => !advanced);
    expect(first.map(({ id }) => id)).toEqual(['accessKey', 'secretKey', 'timeZone']);
    expect(fields.every(({ help }) => (help ?? '').length > 20)).toBe(true);
    expect(fields.filter(({ secret }) => secret).map(({ id }) => id)).toEqual(['secretKey']);
    expect(defaultServerAddress).toBe('');
    expect(addressHelp).toMatch(/port/);
    expect(shownSignInFields(provider.signIn, {})).toHaveLength(fields.length);
  });

  it('offers time zones that there are, this computer’s first', () => {
    const zones = provider.signIn.fields.find(({ id }) => id === 'timeZone')?.options ?? [];
    expect(zones[0]?.value).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    for (const { value } of zones) expect(() => Intl.DateTimeFormat('en', { timeZone: value })).not.toThrow();
  });

  it('names an account by its access key', () => {
    expect(provider.accountName({ accessKey: ' ak-1 ', secretKey: 'secret' })).toBe('ak-1');
  });
});

describe('signing in', () => {
  it('sends one harmless request where the signature is the usual one, and remembers that', async () => {
    const { service, open, remembered } = await withService();
    expect(await open().signIn(patience())).toEqual({ ok: true, value: null });
    expect(service.calls).toEqual([
      { call: 'downloadBillFile', msgBody: { billFileName: `20000101_${'0'.repeat(32)}.zip` } },
    ]);
    expect(service.refusals).toBe(0);
    expect(remembered).toEqual([{ variant: 'A' }]);
  });

  it.each([
    ['C', { ...usualSignature, emptyQueryLine: true }, 1],
    ['B', { ...usualSignature, milliseconds: true }, 2],
    ['three-headers', { ...usualSignature, signedHeaders: ['content-length', 'content-type', 'host'] }, 3],
  ] as const)(
    'finds out that signatures have to be of variant %s, and goes on so',
    async (variant, accepts, refusals) => {
      const { service, open, remembered } = await withService({ accepts });
      const session = open();
      expect((await session.signIn(patience())).ok).toBe(true);
      expect(service.refusals).toBe(refusals);
      expect(remembered).toEqual([{ variant }]);
      expect((await session.signIn(patience())).ok).toBe(true);
      expect(service.refusals).toBe(refusals);
    },
  );

  it('with a chosen variant tries no other', async () => {
    const { service, open, remembered } = await withService({
      accepts: { ...usualSignature, emptyQueryLine: true },
    });
    expect(await open({ variant: 'B' }).signIn(patience())).toMatchObject({
      ok: false,
      failure: { code: 'sign-in-refused', status: 401 },
    });
    expect(service.refusals).toBe(1);
    expect((await open({ variant: 'C' }).signIn(patience())).ok).toBe(true);
    expect(remembered).toEqual([]);
  });

  it.each([
    ['slow', -20 * MINUTE_MS],
    ['fast', 20 * MINUTE_MS],
  ])('takes the server’s time where this computer’s clock is %s', async (_how, offMs) => {
    const { service } = await withService();
    const { open } = opener(service.address, NOW + offMs);
    const session = open();
    expect((await session.signIn(patience())).ok).toBe(true);
    expect(service.refusals).toBe(1);
    expect(session.clockOffMs?.()).toBe(-offMs);
    expect((await session.signIn(patience())).ok).toBe(true);
    expect(service.refusals).toBe(1);
  });

  it.each([
    ['slow', -20 * MINUTE_MS],
    ['fast', 20 * MINUTE_MS],
  ])('has the server’s time kept, also for after a restart, where the clock is %s', async (_how, offMs) => {
    const { service } = await withService();
    const { open, remembered } = opener(service.address, NOW + offMs);
    await open().signIn(patience());
    const kept = Object.assign({}, ...remembered);
    const restarted = open(kept);
    expect(restarted.clockOffMs?.()).toBe(-offMs);
    expect((await restarted.signIn(patience())).ok).toBe(true);
    expect(service.refusals).toBe(1);
    expect(remembered).toHaveLength(1);
  });

  it('has it forgotten when the clock is right again, and takes nothing that is no time', async () => {
    const { service, open, remembered } = await withService();
    const session = open({ variant: 'A', clockOffMs: String(20 * MINUTE_MS) });
    expect((await session.signIn(patience())).ok).toBe(true);
    expect(service.refusals).toBe(1);
    expect(remembered).toEqual([{ clockOffMs: '0' }]);
    for (const clockOffMs of ['', 'soon', '1e999']) expect(open({ clockOffMs }).clockOffMs?.()).toBe(0);
  });

  it('gives up after four refused requests, five where the clock was off, and says so', async () => {
    const { service } = await withService();
    const wrong = { secretKey: 'other' };
    const refused = await opener(service.address).open(wrong).signIn(patience());
    expect(refused).toMatchObject({ ok: false, failure: { code: 'sign-in-refused' } });
    expect(service.refusals).toBe(4);
    const late = await opener(service.address, NOW - 2 * MINUTE_MS)
      .open(wrong)
      .signIn(patience());
    expect(service.refusals).toBe(9);
    expect(JSON.stringify(late)).toContain("this computer's clock is 120 s slow");
    expect(JSON.stringify([refused, late])).not.toContain('other');
  });

  it('sends nothing without a key or with a field that can’t be used', async () => {
    const { service, open } = await withService();
    for (const [field, value, code] of [
      ['secretKey', ' ', 'sign-in-refused'],
      ['accessKey', 'a/b', 'sign-in-refused'],
      ['pathPrefix', '/a b', 'bad-address'],
      ['callbackUrl', 'cb.example.test', 'bad-address'],
      ['timeZone', 'Mars/Olympus', 'bad-input'],
    ] as const) {
      const session = open({ [field]: value });
      expect(await session.signIn(patience()), field).toMatchObject({ ok: false, failure: { code } });
    }
    expect(service.calls).toHaveLength(0);
    expect(service.refusals).toBe(0);
  });

  it.each([
    [500, '', 'service-down'],
    [404, '', 'not-found'],
    [200, '<html></html>', 'html-answer'],
    [200, '', 'empty-answer'],
    [200, '{}', 'unusable-answer'],
    [302, '', 'unexpected-status'],
  ])(
    'does not take status %i with the body %j for a yes, nor its time for the service’s',
    async (status, body, code) => {
      const server = await serveHttp((_request, response) => {
        response.writeHead(status, status === 302 ? { location: '/other' } : {}).end(body);
      });
      onTestFinished(() => server.close());
      const session = opener(server.url).open();
      const tested = await session.signIn(patience());
      expect(tested).toMatchObject({ ok: false, failure: { code } });
      expect(server.accepted).toBe(1);
      expect(session.clockOffMs?.()).toBe(0);
    },
  );

  it('asks below the path that was typed, and signs it', async () => {
    const seen: { path: string | undefined; signature: string | undefined; expected: string }[] = [];
    const server = await serveHttp(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const [scheme, ak, time, names, signature] = request.headers.authorization?.split('/') ?? [];
      const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
      const encode = (text: string) =>
        encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
      const canonical = `POST\n${request.url}\nhost\nhost:${encode(request.headers.host ?? '')}\n${encode(Buffer.concat(chunks).toString())}`;
      const expected = hmac(hmac('demo-sk', `${scheme}/${ak}/${time}/${names}`), canonical);
      seen.push({ path: request.url, signature, expected });
      response.end('{"resultCode":"0300011"}');
    });
    onTestFinished(() => server.close());
    expect((await opener(server.url).open({ pathPrefix: 'proxy/ccfs/' }).signIn(patience())).ok).toBe(true);
    expect(seen[0]?.path).toBe('/proxy/ccfs/downloadBillFile');
    expect(seen[0]?.signature).toBe(seen[0]?.expected);
  });
});
