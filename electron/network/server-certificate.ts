/**
 * Which servers a password may go to: those whose certificate the authorities vouch for, and the one whose very
 * certificate the person trusts, by its fingerprint or out of a file. That trust adds to the authorities and does not
 * replace them. A certificate that they vouch for is fine in its place: a server may get a public one, and a company's
 * network that looks into TLS shows one of its own at the office but not at home. An account without a fingerprint relies
 * on the authorities just the same.
 */
import type { TLSSocket } from 'node:tls';

type Refusal = 'certificate-unknown' | 'certificate-changed';

/** The server's certificate is none to send anything to. */
export class CertificateRefusedError extends Error {
  override readonly name = 'CertificateRefusedError';
  readonly refusal: Refusal;
  /** Node's code for what the authorities don't vouch for. */
  readonly reason: string;
  readonly fingerprint: string;

  constructor(refusal: Refusal, reason: string, fingerprint: string) {
    super(refusal);
    this.refusal = refusal;
    this.reason = reason;
    this.fingerprint = fingerprint;
  }
}

/** What there is to know of a server after a full handshake: a resumed one would not compare the names again. */
export type SecuredSocket = Pick<TLSSocket, 'authorized' | 'authorizationError' | 'getPeerCertificate'>;

/**
 * Why nothing may be sent over a socket; null: it may be used. `trusted`: the fingerprint of the certificate that the
 * person trusts, as `readFingerprint` has it, whoever signed it, for whatever name and time. `imported`: those of the
 * certificates that the person has taken from a file, where it may be the server's own one.
 */
export function refusalOf(
  socket: SecuredSocket,
  trusted: string | null,
  imported: readonly string[],
): CertificateRefusedError | null {
  if (socket.authorized) return null;
  const { fingerprint256 } = socket.getPeerCertificate();
  if (fingerprint256 === trusted || imported.includes(fingerprint256)) return null;
  const refusal = trusted === null ? 'certificate-unknown' : 'certificate-changed';
  return new CertificateRefusedError(refusal, String(socket.authorizationError), fingerprint256);
}

/**
 * A typed SHA-256 fingerprint as Node writes it: upper-case hex pairs with colons between them. Null for anything
 * else; case, colons and blanks do not matter.
 */
export function readFingerprint(typed: string): string | null {
  const digits = typed.replace(/[\s:]/g, '').toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) return null;
  return digits.replace(/..(?!$)/g, '$&:');
}
