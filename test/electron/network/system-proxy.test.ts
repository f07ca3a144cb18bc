import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProxyAnswer } from '../../../electron/network/system-proxy.ts';

describe("the system's word on a proxy", () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.corp.example:8080', 'http://proxy.corp.example:8080'],
    ['PROXY proxy.corp.example', 'http://proxy.corp.example'],
    ['HTTP proxy:3128', 'http://proxy:3128'],
    ['HTTPS secure.corp.example:8443', 'https://secure.corp.example:8443'],
    ['PROXY [::1]:3128', 'http://[::1]:3128'],
    ['proxy  a:1 ;  DIRECT', 'http://a:1'],
    ['PROXY a:1; PROXY b:2; DIRECT', 'http://a:1'],
    ['DIRECT; PROXY a:1', null],
    ['SOCKS a:1080; PROXY b:2', 'http://b:2'],
    ['SOCKS5 a:1080', null],
    ['PROXY', null],
    ['PROXY :80; PROXY b:2', 'http://b:2'],
    ['', null],
    [';;', null],
  ])('%j means %j', (answer, proxy) => {
    expect(readProxyAnswer(answer)).toBe(proxy);
  });

  it('is read without an error, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('PROXY', 'DIRECT', 'HTTPS', ' ', ';', 'a:1', '//', '@', '%', ':x')),
        (parts) => {
          const proxy = readProxyAnswer(parts.join(''));
          expect(proxy === null || /^https?:\/\/[^/@]+$/.test(proxy)).toBe(true);
        },
      ),
    );
  });
});
