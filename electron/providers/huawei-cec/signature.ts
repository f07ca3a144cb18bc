/** The signature of requests, `auth-v2` (spec 3). Pure: the same input gives the same header. */
import { createHmac } from 'node:crypto';

export interface ToSign {
  readonly accessKey: string;
  readonly secretKey: string;
  /** As it stands in the header, `2024-05-01T10:00:00Z`. */
  readonly timestamp: string;
  readonly method: string;
  /** The absolute path, not encoded. There is never a query. */
  readonly path: string;
  /** The headers to sign, with their values as they are sent. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The very bytes that are sent. */
  readonly body: Buffer;
  /** Whether the query that there is none of has an empty line of its own: variant C. */
  readonly emptyQueryLine: boolean;
}

/** The value of the `authorization` header. */
export function signAuthV2(request: ToSign): string {
  const { accessKey, secretKey, timestamp, method, path, headers, body, emptyQueryLine } = request;
  const names = Object.keys(headers).sort();
  const prefix = `auth-v2/${accessKey}/${timestamp}/${names.join(';')}`;
  const canonical = [
    method,
    path,
    ...(emptyQueryLine ? [''] : []),
    names.join(';'),
    names
      .map((name) => `${percentEncode(name)}:${percentEncode((headers[name] ?? '').trim())}`)
      .sort()
      .join('\n'),
    percentEncode(body),
  ].join('\n');
  // The key of the second step is the hex digits themselves, not the bytes that they stand for.
  const key = hmac(secretKey, prefix);
  return `${prefix}/${hmac(key, canonical)}`;
}

const hmac = (key: string, data: string): string => createHmac('sha256', key).update(data).digest('hex');

const unreserved = /[A-Za-z0-9\-._~]/;
const encodings = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/** RFC 3986: every byte but unreserved ASCII as `%XX`, slashes and colons too. */
export const percentEncode = (text: string | Buffer): string =>
  Array.from(Buffer.from(text), (byte) => encodings[byte]).join('');
