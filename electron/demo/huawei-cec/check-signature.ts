/** Checks the signature of a request as the service does: from what arrived, byte by byte. */
import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Received {
  readonly method: string;
  /** As it stood in the request line. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What this server takes for a signature, where real ones may differ. */
export interface Accepts {
  /** Whether the canonical text has an empty line where a query would be. */
  readonly emptyQueryLine: boolean;
  readonly milliseconds: boolean;
  /** Headers that have to be signed, sorted. */
  readonly signedHeaders: readonly string[];
}

/** As Huawei's example in Java signs. */
export const usualSignature: Accepts = {
  emptyQueryLine: false,
  milliseconds: false,
  signedHeaders: ['host'],
};

/** Made up: how far a time may be off. */
const TOLERANCE_MS = 15 * 60_000;

/** The access key that a request is signed with; null when it is not accepted. `now`: milliseconds since 1970, UTC. */
export function signedBy(
  request: Received,
  secretOf: (accessKey: string) => string | undefined,
  accepts: Accepts,
  now: number,
): string | null {
  const [scheme, accessKey = '', time = '', signedHeaders = '', signature, ...more] =
    request.headers.authorization?.split('/') ?? [];
  const secretKey = secretOf(accessKey);
  if (scheme !== 'auth-v2' || more.length > 0 || secretKey === undefined) return null;
  const form = accepts.milliseconds
    ? /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
    : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
  if (!form.test(time) || !(Math.abs(Date.parse(time) - now) <= TOLERANCE_MS)) return null;
  if (signedHeaders !== accepts.signedHeaders.join(';')) return null;
  const prefix = `auth-v2/${accessKey}/${time}/${signedHeaders}`;
  const key = hexOf(secretKey, prefix);
  return hexOf(key, canonical(request, accepts)) === signature ? accessKey : null;
}

const hexOf = (key: string, data: string): string => createHmac('sha256', key).update(data).digest('hex');

function canonical({ method, path, headers, body }: Received, accepts: Accepts): string {
  let text = `${method}\n${path}\n`;
  if (accepts.emptyQueryLine) text += '\n';
  text += `${accepts.signedHeaders.join(';')}\n`;
  for (const name of accepts.signedHeaders) {
    text += `${encoded(Buffer.from(name))}:${encoded(Buffer.from(String(headers[name] ?? '').trim()))}\n`;
  }
  return text + encoded(body);
}

function encoded(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += /^[\w.~-]$/.test(character)
      ? character
      : `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }
  return text;
}
