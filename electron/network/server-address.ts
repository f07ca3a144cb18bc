import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { isLoopback } from './host-guard.ts';

const bad = (why: string): Result<string> => failed(failure('bad-address', why));

export interface AddressRules {
  /** Other ports than 443 are fine too: a customer runs the server. */
  readonly anyPort?: boolean;
  /** Where no port is typed. The normal form then always says the port. */
  readonly defaultPort?: number;
  /** A typed `http://` is fine too. */
  readonly plainHttp?: boolean;
}

/**
 * The one normal form of a typed base address: `https://host/path`, no slash at its end. Without a scheme it is
 * taken as https. Nothing typed means `fallback`, where there is one. Failure `bad-address` for anything that a
 * password may not be sent to: unless the rules say otherwise, plain http and other ports than 443 are for this
 * computer itself only.
 */
export function readServerAddress(
  typed: string,
  fallback?: string,
  { anyPort = false, defaultPort, plainHttp = false }: AddressRules = {},
): Result<string> {
  const typedOrNot = typed.trim() || (fallback ?? '');
  if (typedOrNot === '') return bad('no address');
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(typedOrNot) ? typedOrNot : `https://${typedOrNot}`;
  const url = parseUrl(text);
  if (!url) return bad('not an address');
  if (url.username !== '' || url.password !== '') return bad('an address with a user name or password in it');
  if (/[?#]/.test(text)) return bad('an address with a query or fragment');
  if (url.hostname.endsWith('.')) return bad('a host name that ends in a dot');
  const local = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return bad(`${url.protocol} is neither https nor http`);
  }
  if (url.protocol === 'http:' && !plainHttp && !local) return bad('http: is not https');
  const port = typedPort(text, url) || String(defaultPort ?? '');
  const isUsual = url.port === '' || url.port === String(defaultPort);
  if (!isUsual && !anyPort && !local) return bad(`port ${url.port} is not the port of https`);
  const origin = defaultPort === undefined ? url.origin : `${url.protocol}//${url.hostname}:${port}`;
  return ok(origin + url.pathname.replace(/\/+$/, ''));
}

/** The port as it was typed, also where it is the usual one of the scheme, which a URL does not tell; else empty. */
function typedPort(text: string, { protocol, port }: URL): string {
  const other = protocol === 'https:' ? 'http:' : 'https:';
  return port || (parseUrl(text.replace(/^https?:/i, other))?.port ?? '');
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
