import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpClientOptions } from '../../../electron/network/http-client.ts';
import { readFingerprint } from '../../../electron/network/server-certificate.ts';
import { certificate, expiredCertificate, key } from '../../fakes/loopback-certificates.ts';
import { type LoopbackServer, listenOnFreePort } from '../../fakes/loopback-server.ts';
import { otherNameCertificate } from '../../fakes/other-name-certificate.ts';
import { client, closing, get, http, tls } from './with-http.ts';

const fingerprintOf = (pem: string) => new X509Certificate(pem).fingerprint256;

/** A server that counts the requests it is sent. */
async function counting(cert = certificate) {
  let requests = 0;
  const server = await tls((_request, response) => {
    requests += 1;
    response.end('hello');
  }, cert);
  return { ...server, url: server.url, requests: () => requests };
}

const ask = (url: string, options: Partial<HttpClientOptions>) => client(options).exchange(get(url));

const hello = { ok: true, value: { status: 200, text: 'hello' } };

/** Whom the authorities don't vouch for `127.0.0.1`, and why. */
const notVouchedFor = [
  ['signed by itself', certificate, [], 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['run out', expiredCertificate, [expiredCertificate], 'CERT_HAS_EXPIRED'],
  ['for another name', otherNameCertificate, [otherNameCertificate], 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const;

describe.each(notVouchedFor)('a certificate that is %s', (_what, cert, certificates, reason) => {
  const authorities = { certificates: () => certificates };

  it('ends in certificate-unknown with its fingerprint, and the server hears nothing of the request', async () => {
    const server = await counting(cert);
    expect(await ask(server.url, authorities)).toEqual({
      ok: false,
      failure: {
        code: 'certificate-unknown',
        detail: `${reason}: ${server.host}`,
        fingerprint: fingerprintOf(cert),
      },
    });
    expect(server.requests()).toBe(0);
  });

  it('is accepted where the person trusts exactly this one', async () => {
    const server = await counting(cert);
    expect(await ask(server.url, { ...authorities, certificate: fingerprintOf(cert) })).toMatchObject(hello);
  });

  it('ends in certificate-changed where the person trusts another one, and nothing is sent', async () => {
    const server = await counting(cert);
    const trusted = cert === certificate ? expiredCertificate : certificate;
    const answer = await ask(server.url, { ...authorities, certificate: fingerprintOf(trusted) });
    expect(answer).toEqual({
      ok: false,
      failure: {
        code: 'certificate-changed',
        detail: `${reason}: ${server.host}`,
        fingerprint: fingerprintOf(cert),
      },
    });
    expect(server.requests()).toBe(0);
  });
});

describe('a certificate that the authorities vouch for', () => {
  const authorities = { certificates: () => [certificate] };

  it.each([
    ['nothing', null],
    ['another one', fingerprintOf(expiredCertificate)],
    ['this one', fingerprintOf(certificate)],
  ])('is accepted where the person trusts %s', async (_what, trusted) => {
    const server = await counting();
    expect(await ask(server.url, { ...authorities, certificate: trusted })).toMatchObject(hello);
  });
});

describe('the check of a certificate', () => {
  const versions = ['TLSv1.2', 'TLSv1.3'] as const;

  async function speaking(maxVersion: (typeof versions)[number]) {
    const seen = { requests: 0, resumed: [] as boolean[] };
    const server = closing(
      createServer({ key, cert: otherNameCertificate, maxVersion }, (_request, response) => {
        seen.requests += 1;
        response.end('hello');
      }),
    );
    server.on('secureConnection', (socket) => seen.resumed.push(socket.isSessionReused()));
    return { seen, url: `https://127.0.0.1:${await listenOnFreePort(server)}` };
  }

  it.each(versions)('refuses a server the second time as well, over %s', async (version) => {
    const { seen, url } = await speaking(version);
    const made = client({ certificates: () => [otherNameCertificate] });
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await made.exchange(get(url))).toMatchObject({ failure: { code: 'certificate-unknown' } });
    }
    expect(seen.requests).toBe(0);
  });

  it.each(versions)('never goes by a session of before, over %s', async (version) => {
    const { seen, url } = await speaking(version);
    const trusting = { certificates: () => [], certificate: fingerprintOf(otherNameCertificate) };
    const made = client(trusting);
    const closed = get(url, { headers: { connection: 'close' } });
    for (let tries = 0; tries < 3; tries += 1) expect(await made.exchange(closed)).toMatchObject(hello);
    expect(seen.resumed).toEqual([false, false, false]);
  });

  it('is done again for a new connection to a server that has changed its certificate meanwhile', async () => {
    let cert = certificate;
    const server = closing(createServer({ key, cert }, (_request, response) => response.end('hello')));
    const url = `https://127.0.0.1:${await listenOnFreePort(server)}`;
    const made = client({ certificates: () => [], certificate: fingerprintOf(certificate) });
    const closed = get(url, { headers: { connection: 'close' } });
    expect(await made.exchange(closed)).toMatchObject(hello);
    cert = expiredCertificate;
    server.setSecureContext({ key, cert });
    expect(await made.exchange(closed)).toMatchObject({
      failure: { code: 'certificate-changed', fingerprint: fingerprintOf(expiredCertificate) },
    });
  });

  it('takes what is no fingerprint for none', async () => {
    const server = await counting();
    expect(await ask(server.url, { certificates: () => [], certificate: 'trust me' })).toMatchObject({
      failure: { code: 'certificate-unknown' },
    });
  });

  it('leaves other errors of TLS what they are', async () => {
    const plain = await http((_request, response) => response.end());
    const url = plain.url.replace('http:', 'https:');
    expect(await ask(url, { certificate: fingerprintOf(certificate) })).toMatchObject({
      failure: { code: 'tls-failed' },
    });
  });
});

describe('through a proxy', () => {
  const url = 'https://files.cdr.test/list';

  /** Makes a server a proxy whose tunnels all end at `service`. */
  function tunnelTo(service: Pick<LoopbackServer, 'url'>, proxy: LoopbackServer): void {
    proxy.server.on('connect', (_request, socket: Socket) => {
      const onward = connect(Number(new URL(service.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      for (const end of [socket, onward]) {
        end
          .on('error', () => {})
          .on('close', () => {
            socket.destroy();
            onward.destroy();
          });
      }
    });
  }

  async function behindProxy(cert: string) {
    const service = await counting(cert);
    const proxy = await http((_request, response) => response.end());
    tunnelTo(service, proxy);
    return { service, proxyFor: async () => `PROXY ${proxy.host}` };
  }

  it('the certificate of the service is judged the same', async () => {
    const { service, proxyFor } = await behindProxy(certificate);
    const common = { proxyFor, certificates: () => [] };
    expect(await ask(url, common)).toMatchObject({
      failure: { code: 'certificate-unknown', fingerprint: fingerprintOf(certificate) },
    });
    const other = { ...common, certificate: fingerprintOf(expiredCertificate) };
    expect(await ask(url, other)).toMatchObject({ failure: { code: 'certificate-changed' } });
    expect(service.requests()).toBe(0);
    expect(await ask(url, { ...common, certificate: fingerprintOf(certificate) })).toMatchObject(hello);
  });

  it('the trust of a person is for the service alone: for the proxy the authorities decide', async () => {
    const service = await counting();
    const proxy = await tls((_request, response) => response.end());
    let tunnels = 0;
    proxy.server.on('connect', () => {
      tunnels += 1;
    });
    tunnelTo(service, proxy);
    const trusting = {
      proxyFor: async () => `HTTPS ${proxy.host}`,
      certificate: fingerprintOf(certificate),
    };
    expect(await ask(url, { ...trusting, certificates: () => [] })).toEqual({
      ok: false,
      failure: {
        code: 'tls-failed',
        detail: `DEPTH_ZERO_SELF_SIGNED_CERT: files.cdr.test through proxy ${proxy.host}`,
      },
    });
    expect(tunnels).toBe(0);
    expect(await ask(url, { ...trusting, certificates: () => [certificate] })).toMatchObject(hello);
  });
});

describe('a typed fingerprint', () => {
  const normal = fingerprintOf(certificate);

  it.each([
    normal,
    normal.toLowerCase(),
    normal.replaceAll(':', ''),
    ` ${normal.toLowerCase().replaceAll(':', ' ')}\n`,
  ])('%j is read', (typed) => {
    expect(readFingerprint(typed)).toBe(normal);
  });

  it.each([
    '',
    normal.slice(0, -1),
    `${normal}:00`,
    normal.replace(/^../, 'ZZ'),
    // SHA-1, as some systems show it.
    new X509Certificate(certificate).fingerprint,
  ])('%j is none', (typed) => {
    expect(readFingerprint(typed)).toBeNull();
  });

  it('is written one way, however it was typed', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(bytes, (digest) => {
        const hex = Buffer.from(digest).toString('hex');
        const read = readFingerprint(hex);
        expect(read?.replaceAll(':', '').toLowerCase()).toBe(hex);
        expect(readFingerprint(read ?? '')).toBe(read);
      }),
    );
  });
});
