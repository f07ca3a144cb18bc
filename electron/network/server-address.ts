import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { isLoopback } from './host-guard.ts';

const bad = (why: string): Result<string> => failed(failure('bad-address', why));

/**
 * The one normal form of a typed base address: `https://host/path`, no slash at its end. Without a scheme it is
 * taken as https. Nothing typed means `fallback`, where there is one. Failure `bad-address` for anything that a
 * password may not be sent to: plain http and other ports than 443 are for this computer itself only.
 */
export function readServerAddress(typed: string, fallback?: string): Result<string> {
  const text = typed.trim() || (fallback ?? '');
  if (text === '') return bad('no address');
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url) return bad('not an address');
  if (url.username !== '' || url.password !== '') return bad('an address with a user name or password in it');
  if (/[?#]/.test(text)) return bad('an address with a query or fragment');
  if (url.hostname.endsWith('.')) return bad('a host name that ends in a dot');
  if (isLoopback(url.hostname)) {
    if (!/^https?:$/.test(url.protocol)) return bad(`${url.protocol} is neither https nor http`);
  } else {
    if (url.protocol !== 'https:') return bad(`${url.protocol} is not https`);
    if (url.port !== '') return bad(`port ${url.port} is not the port of https`);
  }
  return ok(url.origin + url.pathname.replace(/\/+$/, ''));
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
