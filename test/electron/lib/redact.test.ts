import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../electron/lib/redact.ts';

describe('a text for the log', () => {
  it.each([
    ['Authorization: Bearer abc_DEF-123', 'Authorization: [removed]'],
    ['authorization=Basic eDp5', 'authorization=[removed]'],
    ['got Bearer abc.DEF-1/2+3=', 'got Bearer [removed]'],
    ['{"accessToken":"abc","expiresIn":43199}', '{"accessToken":"[removed]","expiresIn":43199}'],
    [
      '{"accountName":"me","accountPassword": "a\\"b"}',
      '{"accountName":"me","accountPassword": "[removed]"}',
    ],
    ['{"authorization":"Bearer abc"}', '{"authorization":"[removed]"}'],
    ['accountPassword=my secret', 'accountPassword=[removed]'],
    ['GET https://a.example/b?token=1&x=2 failed', 'GET https://a.example/[removed] failed'],
    ['GET https://a.example/pcs/api/v1/cdr/acme/0001 failed', 'GET https://a.example/[removed] failed'],
    ['<https://a.example/#x>', '<https://a.example/[removed]>'],
    ['https://a.example?x', 'https://a.example/[removed]'],
    ['https://me:pw@a.example/b', 'https://[removed]@a.example/[removed]'],
  ])('%s becomes %s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('keeps what is no secret', () => {
    const text =
      'ECONNREFUSED: pcsprod.webex.com, 3 of 5 files, https://a.example:8443/ of https://a.example, was it refused?';
    expect(redact(text)).toBe(text);
  });

  it('holds no secret, whatever the secret is', () => {
    const marked = fc.string({ minLength: 1 }).map((text) => `s3cret${text}s3cret`);
    fc.assert(
      fc.property(marked, (secret) => {
        const oneLine = secret.replace(/[\r\n]/g, '');
        const token = oneLine.replace(/[^\w.~+/=-]/g, '');
        const texts = [
          JSON.stringify({ accountPassword: secret, accessToken: secret, Authorization: secret }, null, 2),
          `Authorization: ${oneLine}`,
          `retry with bearer ${token}`,
          `https://a.example/x?y=${encodeURIComponent(secret)}`,
          `https://a.example/x/${encodeURIComponent(secret)}/y`,
          new URL(`https://${encodeURIComponent(secret)}:x@a.example/`).href,
        ];
        for (const text of texts) expect(redact(text)).not.toContain('s3cret');
      }),
    );
  });
});
