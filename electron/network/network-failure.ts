import { type Failure, type FailureCode, failure } from '../contract/failure.ts';
import { errorCode } from '../lib/error-code.ts';
import { ProxyRefusedError } from './proxy-refusal.ts';
import { CertificateRefusedError } from './server-certificate.ts';

/** Codes of Node, OpenSSL and undici. What no rule names is a connection that broke: `connection-lost`. */
const rules: readonly (readonly [RegExp, FailureCode])[] = [
  // No connection broke, there was none: refused, without a network, or with nobody there to say so.
  [
    /^(ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
    'connection-refused',
  ],
  [/^(ENOTFOUND|EAI_\w+)$/, 'host-not-found'],
  [/^(ERR_TLS_HANDSHAKE_TIMEOUT|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/, 'timed-out'],
  [/^(EPROTO|ERR_TLS_\w+|ERR_SSL_\w+|UND_ERR_PRX_TLS)$/, 'tls-failed'],
  // Node's names for the ways in which OpenSSL does not accept a certificate; here it is that of a proxy.
  [/^(CERT_\w+|CRL_\w+|UNABLE_TO_\w+|\w*SELF_SIGNED_CERT\w*|HOSTNAME_MISMATCH)$/, 'tls-failed'],
  [/^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERROR_IN_CERT_\w+)$/, 'tls-failed'],
];

export interface FailedRequest {
  /** Host and port that were asked. */
  readonly host: string;
  /** Host and port of the proxy in between, if there was one. */
  readonly proxy: string | null;
  /** Whether there was a connection, over which the request may have gone out. */
  readonly connected: boolean;
}

/** They say that there was no connection, so that the request certainly did not go out. */
const unconnected: readonly FailureCode[] = ['connection-refused', 'host-not-found', 'tls-failed'];

/** A network error as a failure of the contract. The detail names host, proxy and error code, nothing else. */
export function networkFailure(error: unknown, { host, proxy, connected }: FailedRequest): Failure {
  const where = proxy === null ? host : `${host} through proxy ${proxy}`;
  const errors = [...withCauses(error)];
  const refused = errors.find((one) => one instanceof ProxyRefusedError);
  if (refused) return failure('connection-lost', `proxy ${proxy} answered ${refused.status} for ${host}`);
  const untrusted = errors.find((one) => one instanceof CertificateRefusedError);
  if (untrusted) {
    const { refusal, reason, fingerprint } = untrusted;
    return failure(refusal, `${reason}: ${where}`, { fingerprint });
  }
  for (const one of errors) {
    const code = errorCode(one);
    const [, known] = rules.find(([pattern]) => pattern.test(code)) ?? [];
    const broke = connected && known !== undefined && unconnected.includes(known);
    if (known) return failure(broke ? 'connection-lost' : known, `${code}: ${where}`);
  }
  return failure('connection-lost', `${errorCode(error)}: ${where}`);
}

/** The error, then its causes and the errors that it gathers, nearest first. */
function* withCauses(error: unknown, depth = 0): Generator<Error> {
  if (!(error instanceof Error) || depth > 8) return;
  yield error;
  if (error instanceof AggregateError) for (const one of error.errors) yield* withCauses(one, depth + 1);
  yield* withCauses(error.cause, depth + 1);
}
