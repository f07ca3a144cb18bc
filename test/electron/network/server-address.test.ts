import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHostGuard } from '../../../electron/network/host-guard.ts';
import { readServerAddress } from '../../../electron/network/server-address.ts';

describe('a typed server address', () => {
  it.each([
    ['https://pcsprod.webex.com/pcs/api', 'https://pcsprod.webex.com/pcs/api'],
    ['  https://pcsprod.webex.com/pcs/api//  ', 'https://pcsprod.webex.com/pcs/api'],
    ['HTTPS://PCSprod.Webex.com:443/pcs/API/', 'https://pcsprod.webex.com/pcs/API'],
    ['pcsprod.webex.com/pcs/api', 'https://pcsprod.webex.com/pcs/api'],
    ['pcsprod.webex.com', 'https://pcsprod.webex.com'],
    ['https://pcsprod.webex.com/a/../b', 'https://pcsprod.webex.com/b'],
    ['http://127.0.0.1:8080/pcs/api/', 'http://127.0.0.1:8080/pcs/api'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://[::1]:3000/', 'http://[::1]:3000'],
    ['https://127.0.0.1:8443', 'https://127.0.0.1:8443'],
    ['localhost:3000', 'https://localhost:3000'],
  ])('%j is %s', (typed, normal) => {
    expect(readServerAddress(typed)).toEqual({ ok: true, value: normal });
  });

  it.each([
    '',
    '   ',
    'http://pcsprod.webex.com/pcs/api',
    'http://127.0.0.1.nip.io/',
    'http://10.0.0.1/',
    'https://pcsprod.webex.com:8443',
    'https://user@pcsprod.webex.com',
    'https://user:pass@pcsprod.webex.com',
    'https://pcsprod.webex.com/?a=b',
    'https://pcsprod.webex.com/?',
    'https://pcsprod.webex.com/#x',
    'https://pcsprod.webex.com./',
    'ftp://pcsprod.webex.com',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'https://',
    'https://a b/',
    'https://[::1',
    'javascript:alert(1)',
  ])('%j is none', (typed) => {
    expect(readServerAddress(typed)).toMatchObject({ ok: false, failure: { code: 'bad-address' } });
  });

  it('that is empty means the default, where there is one', () => {
    expect(readServerAddress(' ', 'https://pcsprod.webex.com/pcs/api/')).toEqual({
      ok: true,
      value: 'https://pcsprod.webex.com/pcs/api',
    });
  });

  it('in normal form stays as it is, and the guard that is made of it trusts it', () => {
    const typed = fc.oneof(
      fc.webUrl({ validSchemes: ['https', 'http'] }),
      fc.webUrl({ validSchemes: ['http'], withQueryParameters: false }).map((url) => {
        const { pathname } = new URL(url);
        return `http://127.0.0.1:8080${pathname}`;
      }),
      fc.domain(),
      fc.tuple(fc.domain(), fc.constantFrom(80, 443, 8088, 9443)).map(([host, port]) => `${host}:${port}`),
    );
    const rules = fc.record(
      { anyPort: fc.boolean(), plainHttp: fc.boolean(), defaultPort: fc.constantFrom(80, 443, 8088) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(typed, rules, (text, more) => {
        const address = readServerAddress(text, undefined, more);
        if (!address.ok) return;
        expect(readServerAddress(address.value, undefined, more)).toEqual(address);
        const base = new URL(address.value);
        expect(createHostGuard({ base, trustedSuffixes: [] })(base)).toBe(true);
      }),
    );
  });

  describe("of a customer's own server", () => {
    const own = { anyPort: true, defaultPort: 8088 };

    it.each([
      ['pbx.corp.example', 'https://pbx.corp.example:8088'],
      ['https://pbx.corp.example/', 'https://pbx.corp.example:8088'],
      ['pbx.corp.example:9443/base/', 'https://pbx.corp.example:9443/base'],
      ['https://pbx.corp.example:443', 'https://pbx.corp.example:443'],
      ['192.168.5.150', 'https://192.168.5.150:8088'],
      ['[fd00::1]', 'https://[fd00::1]:8088'],
      ['[fd00::1]:443', 'https://[fd00::1]:443'],
      ['http://127.0.0.1:80', 'http://127.0.0.1:80'],
    ])('has the port that is typed, else its own: %j is %s', (typed, normal) => {
      expect(readServerAddress(typed, undefined, own)).toEqual({ ok: true, value: normal });
      expect(readServerAddress(normal, undefined, own)).toEqual({ ok: true, value: normal });
    });

    it('keeps the port that was typed where every port is fine, and has only its usual one elsewhere', () => {
      const anyPort = { anyPort: true };
      const https = { ok: true, value: 'https://cec.corp.example:28443' };
      expect(readServerAddress('cec.corp.example:28443', undefined, anyPort)).toEqual(https);
      const usual = { defaultPort: 8088 };
      expect(readServerAddress('pbx.corp.example:8088', undefined, usual)).toMatchObject({ ok: true });
      expect(readServerAddress('pbx.corp.example:8089', undefined, usual)).toMatchObject({
        failure: { code: 'bad-address' },
      });
    });

    it('is plain http only where that is allowed and typed', () => {
      const plain = 'http://pbx.corp.example';
      expect(readServerAddress(plain, undefined, own)).toMatchObject({ failure: { code: 'bad-address' } });
      const allowed = { anyPort: true, plainHttp: true };
      expect(readServerAddress(plain, undefined, allowed)).toEqual({ ok: true, value: plain });
      expect(readServerAddress('pbx.corp.example', undefined, allowed)).toEqual({
        ok: true,
        value: 'https://pbx.corp.example',
      });
      expect(readServerAddress('ftp://pbx.corp.example', undefined, allowed)).toMatchObject({
        failure: { code: 'bad-address' },
      });
    });

    it('keeps all other rules', () => {
      const all = { anyPort: true, defaultPort: 8088, plainHttp: true };
      for (const typed of ['https://me@pbx.example', 'pbx.example/?a', 'pbx.example/#a', 'pbx.example.']) {
        expect(readServerAddress(typed, undefined, all)).toMatchObject({ failure: { code: 'bad-address' } });
      }
    });
  });

  it('never throws, and never says in a failure what was typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const address = readServerAddress(`https://me:s3cret@x.example/${text}`);
        expect(address).toMatchObject({
          ok: false,
          failure: { detail: expect.not.stringContaining('s3cret') },
        });
        readServerAddress(text);
      }),
    );
  });
});
