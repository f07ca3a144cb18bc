import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { describe, expect, it } from 'vitest';
import { osCertificates } from '../../../electron/network/os-certificates.ts';

describe('the trusted certificate authorities', () => {
  it('are those of Node and of the operating system, each once and readable', () => {
    const certificates = osCertificates() ?? [];
    for (const known of tls.getCACertificates('default')) expect(certificates).toContain(known);
    for (const known of tls.getCACertificates('system')) expect(certificates).toContain(known);
    expect(new Set(certificates).size).toBe(certificates.length);
    expect(certificates.every((pem) => new X509Certificate(pem).subject !== '')).toBe(true);
  });
});
