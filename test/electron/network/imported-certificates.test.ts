import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HttpClientOptions } from '../../../electron/network/http-client.ts';
import { certificatesText, readCertificates } from '../../../electron/network/imported-certificates.ts';
import { authority, issuedCertificate } from '../../fakes/issued-certificates.ts';
import { certificate, key } from '../../fakes/loopback-certificates.ts';
import { otherNameCertificate } from '../../fakes/other-name-certificate.ts';
import { client, get, http, tls } from './with-http.ts';

const read = (text: string) => readCertificates(Buffer.from(text));
const imported = (...pems: readonly string[]) => pems.map((pem) => new X509Certificate(pem));
const namesIn = (certificates: ReturnType<typeof readCertificates>) =>
  certificates?.map(({ subject }) => subject) ?? null;

describe('a file with certificates', () => {
  it.each([
    ['PEM', Buffer.from(authority)],
    ['PEM with the line ends of Windows', Buffer.from(authority.replaceAll('\n', '\r\n'))],
    ['DER', new X509Certificate(authority).raw],
  ])('may be %s', (_what, bytes) => {
    expect(namesIn(readCertificates(bytes))).toEqual(['CN=CDR Desk test authority']);
  });

  it('may hold several, and a key, of which nothing is taken', () => {
    const certificates = read(`Our authorities\n${key}${authority}\n${certificate}`);
    expect(namesIn(certificates)).toEqual(['CN=CDR Desk test authority', 'CN=CDR Desk test']);
    expect(certificatesText(certificates ?? [])).not.toContain('PRIVATE KEY');
  });

  it.each([
    ['nothing', ''],
    ['a key alone', key],
    ['something else', '%PDF-1.7'],
    ['one that is damaged', authority.replace('MIIB', 'AAAA')],
    ['one that is cut off', authority.slice(0, 300)],
    ['far too much', authority.repeat(100)],
  ])('is none with %s', (_what, text) => {
    expect(read(text)).toBeNull();
  });

  it('becomes a text that says whose they are and until when, and reads as the same', () => {
    const text = certificatesText(imported(authority, certificate));
    expect(text.match(/^#.*/gm)).toEqual([
      '# CDR Desk test authority, valid until 2120-01-01',
      '# CDR Desk test, valid until 2120-01-01',
    ]);
    expect(certificatesText(read(text) ?? [])).toBe(text);
  });
});

describe('a server whose certificate nobody else vouches for', () => {
  async function counting(cert: string) {
    let requests = 0;
    const server = await tls((_request, response) => {
      requests += 1;
      response.end('hello');
    }, cert);
    return { url: server.url, requests: () => requests };
  }

  const ask = (url: string, options: Partial<HttpClientOptions>) =>
    client({ certificates: () => [], ...options }).exchange(get(url));

  it('is accepted where its authority was imported', async () => {
    const { url } = await counting(issuedCertificate);
    expect(await ask(url, { imported: imported(authority) })).toMatchObject({ value: { text: 'hello' } });
  });

  it('is accepted where its own certificate was imported, whatever its name', async () => {
    const { url } = await counting(otherNameCertificate);
    const own = imported(authority, otherNameCertificate);
    expect(await ask(url, { imported: own })).toMatchObject({ value: { text: 'hello' } });
  });

  it('is sent nothing where another authority was imported, or none by this client', async () => {
    const { url, requests } = await counting(issuedCertificate);
    const fingerprint = new X509Certificate(issuedCertificate).fingerprint256;
    for (const others of [imported(certificate), []]) {
      expect(await ask(url, { imported: others })).toMatchObject({
        failure: { code: 'certificate-unknown', fingerprint },
      });
    }
    expect(requests()).toBe(0);
  });

  it('is accepted by the authorities as before, beside what was imported', async () => {
    const { url } = await counting(certificate);
    const both = { certificates: () => [certificate], imported: imported(authority) };
    expect(await ask(url, both)).toMatchObject({ value: { text: 'hello' } });
  });

  it('is none that a proxy may be: for it the authorities decide alone', async () => {
    const proxy = await tls((_request, response) => response.end(), issuedCertificate);
    const plain = await http((_request, response) => response.end());
    let tunnels = 0;
    proxy.server.on('connect', (_request, socket) => {
      tunnels += 1;
      socket.destroy();
    });
    const through = { proxyFor: async () => `HTTPS ${proxy.host}`, imported: imported(authority) };
    const url = plain.url.replace(/^http:\/\/[^:]+/, 'https://files.cdr.test');
    expect(await ask(url, through)).toMatchObject({ failure: { code: 'tls-failed' } });
    expect(tunnels).toBe(0);
  });
});
