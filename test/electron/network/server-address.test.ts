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
    );
    fc.assert(
      fc.property(typed, (text) => {
        const address = readServerAddress(text);
        if (!address.ok) return;
        expect(readServerAddress(address.value)).toEqual(address);
        const base = new URL(address.value);
        expect(createHostGuard({ base, trustedSuffixes: [] })(base)).toBe(true);
      }),
    );
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
