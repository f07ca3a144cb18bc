import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHostGuard, isLoopback } from '../../../electron/network/host-guard.ts';

const base = new URL('https://pcsprod.webex.com/pcs/api');
const trusts = createHostGuard({ base, trustedSuffixes: ['.webex.com'] });
const local = createHostGuard({
  base: new URL('http://127.0.0.1:8080/pcs/api'),
  trustedSuffixes: ['.webex.com'],
});

/** Null for what is not an address at all, so that nothing can be sent to it. */
function parse(link: string): URL | null {
  try {
    return new URL(link);
  } catch {
    return null;
  }
}

const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);

describe('the guard of an address on the internet', () => {
  it.each([
    'https://pcsprod.webex.com/pcs/api/v1/cdr',
    'https://pcsprod.webex.com:443/',
    'https://files-a.dyn.webex.com/x?y=z',
    'https://webex.com/',
    'HTTPS://FILES.WEBEX.COM/x',
  ])('trusts %s', (link) => {
    expect(trusts(new URL(link))).toBe(true);
  });

  it.each([
    'http://pcsprod.webex.com/',
    'https://pcsprod.webex.com:8443/',
    'https://pcsprod.webex.com:80/',
    'ftp://pcsprod.webex.com/',
    'wss://pcsprod.webex.com/',
    'https://user@pcsprod.webex.com/',
    'https://user:pass@pcsprod.webex.com/',
    'https://:pass@pcsprod.webex.com/',
    'https://pcsprod.webex.com@evil.example/',
    'https://evil.example/pcsprod.webex.com',
    'https://evil.example?pcsprod.webex.com',
    'https://evil.example#.webex.com',
    'https://evil.example\\.webex.com/',
    'https://webex.com.evil.example/',
    'https://evilwebex.com/',
    'https://webex.com./',
    'https://files.webex.com./',
    'https://webex.com%2eevil.example/',
    'https://evil.example%2f.webex.com.evil.example/',
    'https://xn--wbx-dma.com/',
    'https://w\u0435bex.com/',
    'https://files.w\u0435bex.com/',
    'https://webex.co\u043C/',
    'https://webex\u3002com.evil.example/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://127.0.0.1.nip.io/',
    'https://10.0.0.1/',
  ])('does not trust %s', (link) => {
    const url = parse(link);
    expect(url !== null && trusts(url)).toBe(false);
  });

  it('trusts every host under the domain, however deep and in whatever case', () => {
    const host = fc
      .array(label, { minLength: 1, maxLength: 4 })
      .map((labels) => `${labels.join('.')}.webex.com`);
    fc.assert(
      fc.property(host, fc.boolean(), (name, upper) => {
        expect(trusts(new URL(`https://${upper ? name.toUpperCase() : name}/`))).toBe(true);
      }),
    );
  });

  it('trusts nothing whose host neither is the domain nor ends in a dot and the domain', () => {
    const part = fc.constantFrom(
      'webex.com',
      '.',
      'evil',
      '@',
      'pcsprod',
      ':443',
      ':1',
      '/',
      '-',
      'www',
      '%2e',
      'x',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const url = parse(`https://${parts.join('')}`);
        fc.pre(url !== null);
        const under = url.hostname === 'webex.com' || url.hostname.endsWith('.webex.com');
        expect(trusts(url)).toBe(under && url.port === '' && url.username === '' && url.password === '');
      }),
      { numRuns: 2000 },
    );
  });

  it('trusts the own host of a base outside of the domains, and no neighbour of it', () => {
    const other = createHostGuard({
      base: new URL('https://cdr.corp.example/'),
      trustedSuffixes: ['webex.com'],
    });
    expect(other(new URL('https://cdr.corp.example/x'))).toBe(true);
    expect(other(new URL('https://files.webex.com/x'))).toBe(true);
    expect(other(new URL('https://a.cdr.corp.example/x'))).toBe(false);
    expect(other(new URL('https://corp.example/x'))).toBe(false);
  });
});

describe("the guard of a customer's own server", () => {
  const guard = (address: string, trustedSuffixes: readonly string[] = []) =>
    createHostGuard({ base: new URL(address), trustedSuffixes });

  it.each([
    ['https://pbx.corp.example:8088/api/v1', true],
    ['https://pbx.corp.example/', false],
    ['https://pbx.corp.example:8089/', false],
    ['http://pbx.corp.example:8088/', false],
    ['https://user@pbx.corp.example:8088/', false],
    ['https://files.corp.example:8088/', false],
    ['https://files.cloud.example/', true],
    ['https://files.cloud.example:8088/', false],
  ])('at another port than 443 trusts its own port on its own host alone: %s %s', (link, trusted) => {
    const trusts = guard('https://pbx.corp.example:8088', ['.cloud.example']);
    expect(trusts(new URL(link))).toBe(trusted);
  });

  it.each([
    ['http://pbx.corp.example/api', true],
    ['http://pbx.corp.example:8080/', false],
    ['http://files.cloud.example/', false],
    ['http://user@pbx.corp.example/', false],
    ['https://files.cloud.example/', true],
  ])('at plain http trusts nothing but itself over plain http: %s %s', (link, trusted) => {
    expect(guard('http://pbx.corp.example', ['.cloud.example'])(new URL(link))).toBe(trusted);
  });
});

describe('the guard of an address on this computer', () => {
  it.each([
    'http://127.0.0.1:8080/x',
    'http://127.0.0.1:9090/x',
    'https://127.0.0.1/x',
    'http://127.1:5/x',
    'http://0x7f000001:5/x',
  ])('trusts %s', (link) => {
    expect(local(new URL(link))).toBe(true);
  });

  it.each([
    'http://127.0.0.2:8080/',
    'http://localhost:8080/',
    'http://[::1]:8080/',
    'http://user@127.0.0.1:8080/',
    'https://127.0.0.1.nip.io/',
    'https://pcsprod.webex.com/',
    'http://10.0.0.1/',
    'ftp://127.0.0.1/',
  ])('does not trust %s', (link) => {
    expect(local(new URL(link))).toBe(false);
  });
});

describe('this computer itself', () => {
  it('is every address from 127.0.0.0 to 127.255.255.255', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), (rest) => {
        expect(isLoopback(`127.${rest.join('.')}`)).toBe(true);
      }),
    );
  });

  it.each(['localhost', '[::1]'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '128.0.0.1',
    '[::2]',
    '0.0.0.0',
    '',
    '1127.0.0.1',
    '127.0.0',
  ])('is not %j', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});
