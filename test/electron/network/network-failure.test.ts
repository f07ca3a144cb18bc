import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { networkFailure } from '../../../electron/network/network-failure.ts';
import { ProxyRefusedError } from '../../../electron/network/proxy-refusal.ts';

const coded = (code: string, more: { cause?: unknown } = {}) =>
  Object.assign(new Error('with a s3cret', more), { code });

const at = { host: 'files.cdr.test', proxy: null, connected: false };
const codeOf = (error: unknown) => networkFailure(error, at).code;

describe('an error of the network', () => {
  it.each([
    ['ECONNREFUSED', 'connection-refused'],
    ['ENOTFOUND', 'host-not-found'],
    ['EAI_AGAIN', 'host-not-found'],
    ['EAI_NODATA', 'host-not-found'],
    ['ETIMEDOUT', 'connection-refused'],
    ['ERR_TLS_HANDSHAKE_TIMEOUT', 'timed-out'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-failed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-failed'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-failed'],
    ['CERT_HAS_EXPIRED', 'tls-failed'],
    ['CERT_NOT_YET_VALID', 'tls-failed'],
    ['CERT_REVOKED', 'tls-failed'],
    ['CRL_HAS_EXPIRED', 'tls-failed'],
    ['HOSTNAME_MISMATCH', 'tls-failed'],
    ['INVALID_CA', 'tls-failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
    ['EPROTO', 'tls-failed'],
    ['ECONNRESET', 'connection-lost'],
    ['EPIPE', 'connection-lost'],
    ['ENETUNREACH', 'connection-refused'],
    ['EHOSTUNREACH', 'connection-refused'],
    ['ENETDOWN', 'connection-refused'],
    ['EHOSTDOWN', 'connection-refused'],
    ['HPE_INVALID_CONSTANT', 'connection-lost'],
  ])('of code %s is %s', (code, expected) => {
    expect(networkFailure(coded(code), at)).toEqual({ code: expected, detail: `${code}: files.cdr.test` });
  });

  it.each(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETDOWN', 'ENOTFOUND', 'EPROTO', 'ERR_SSL_BAD_RECORD_MAC'])(
    'of code %s is connection-lost, once the request may have gone out',
    (code) => {
      expect(networkFailure(coded(code), { ...at, connected: true }).code).toBe('connection-lost');
    },
  );

  it('tells a wait for an answer apart, once the request may have gone out', () => {
    expect(networkFailure(new errors.HeadersTimeoutError(), { ...at, connected: true }).code).toBe(
      'timed-out',
    );
  });

  it.each([
    [new errors.ConnectTimeoutError(), 'connection-refused'],
    [new errors.HeadersTimeoutError(), 'timed-out'],
    [new errors.BodyTimeoutError(), 'timed-out'],
    [new errors.SocketError('other side closed'), 'connection-lost'],
    [new errors.ResponseContentLengthMismatchError(), 'connection-lost'],
    [new errors.ClientDestroyedError(), 'connection-lost'],
  ])('of undici is told by its kind: %s', (error, expected) => {
    expect(codeOf(error)).toBe(expected);
  });

  it('is told by its cause when it says nothing itself', () => {
    const outer = new TypeError('fetch failed', {
      cause: coded('UND_ERR_SOCKET', { cause: coded('ENOTFOUND') }),
    });
    expect(networkFailure(outer, at)).toEqual({
      code: 'host-not-found',
      detail: 'ENOTFOUND: files.cdr.test',
    });
  });

  it('of several addresses of one host is told by the first that says something', () => {
    expect(codeOf(new AggregateError([coded('ECONNRESET'), coded('ECONNREFUSED')]))).toBe(
      'connection-refused',
    );
  });

  it('of an unknown kind is a lost connection, told without its message', () => {
    expect(networkFailure(new RangeError('s3cret'), at)).toEqual({
      code: 'connection-lost',
      detail: 'RangeError: files.cdr.test',
    });
    expect(networkFailure('s3cret', at)).toEqual({
      code: 'connection-lost',
      detail: 'unknown error: files.cdr.test',
    });
    expect(networkFailure(coded('see https://x/?s3cret'), at).detail).toBe('Error: files.cdr.test');
  });

  it('behind a proxy names the proxy', () => {
    const behind = { host: 'files.cdr.test', proxy: 'proxy.test:3128', connected: false };
    expect(networkFailure(coded('ECONNRESET'), behind).detail).toBe(
      'ECONNRESET: files.cdr.test through proxy proxy.test:3128',
    );
    expect(networkFailure(new Error('failed', { cause: new ProxyRefusedError(407) }), behind)).toEqual({
      code: 'connection-lost',
      detail: 'proxy proxy.test:3128 answered 407 for files.cdr.test',
    });
  });

  it('that is its own cause is no endless loop', () => {
    const error = new Error('round');
    error.cause = error;
    expect(codeOf(error)).toBe('connection-lost');
  });
});
