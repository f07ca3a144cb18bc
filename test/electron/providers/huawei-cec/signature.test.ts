import { describe, expect, it } from 'vitest';
import { percentEncode, signAuthV2 } from '../../../../electron/providers/huawei-cec/signature.ts';

const body = Buffer.from(
  '{"request":{"version":"2.0"},"msgBody":{"billFileName":"20240501_0123456789abcdef0123456789abcdef.zip"}}',
);
const host = { host: 'cc.example.test:8443' };
const three = { ...host, 'content-type': 'application/json;charset=UTF-8', 'content-length': '104' };

const sign = (headers: Readonly<Record<string, string>>, emptyQueryLine: boolean, bytes = body) =>
  signAuthV2({
    accessKey: 'demo-ak',
    secretKey: 'demo-sk',
    timestamp: '2024-05-01T10:00:00Z',
    method: 'POST',
    path: '/CCFS/resource/ccfs/downloadBillFile',
    headers,
    body: bytes,
    emptyQueryLine,
  });

describe('the signature of the specification’s own request', () => {
  it.each([
    ['variant A, host', host, false, 'e1eb96090c0a8135cfa424804c304826a1bff2a8300ce1c87cf3b990e6b38bf1'],
    ['variant C, host', host, true, 'e4a14c62300f151e4dace50fc44e3262b246679350ba24c7c47f30e7ec17eb50'],
    [
      'variant A, three headers',
      three,
      false,
      '5a75f25acf97606391fe66e64ffeaa96719213b03009f89e642e61350fb9cc7f',
    ],
    [
      'variant C, three headers',
      three,
      true,
      '77ff4f5d80e8e514d85b51a1e99688ce3269ed4c97de6379905e2683ee9df0e2',
    ],
  ] as const)('%s', (_name, headers, emptyQueryLine, signature) => {
    const names = Object.keys(headers).sort().join(';');
    expect(sign(headers, emptyQueryLine)).toBe(`auth-v2/demo-ak/2024-05-01T10:00:00Z/${names}/${signature}`);
  });

  it('is over the body to the last byte', () => {
    expect(body).toHaveLength(104);
    const other = Buffer.from(body);
    other[other.length - 1] = 0x20;
    expect(sign(host, false, other)).not.toBe(sign(host, false));
  });

  it('does not see blanks around the value of a header', () => {
    expect(sign({ host: '  cc.example.test:8443 ' }, false)).toBe(sign(host, false));
  });
});

describe('the encoding', () => {
  it('keeps unreserved characters only, and writes hex in upper case', () => {
    expect(percentEncode('aZ09-._~')).toBe('aZ09-._~');
    expect(percentEncode('/: ü+*')).toBe('%2F%3A%20%C3%BC%2B%2A');
  });

  it('is the same for text and for its bytes in UTF-8', () => {
    const text = 'номер 分机 "1"';
    expect(percentEncode(Buffer.from(text))).toBe(percentEncode(text));
    expect(decodeURIComponent(percentEncode(text))).toBe(text);
  });
});
