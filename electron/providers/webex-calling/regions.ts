/** Where the organization's records lie, and which hosts may have its token. */
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { createHostGuard, isLoopback } from '../../network/host-guard.ts';
import { readServerAddress } from '../../network/server-address.ts';

/** Everything of the service that we talk to is below this domain (spec 6.3). */
const SERVICE_DOMAIN = '.webexapis.com';
/** The older host of Webex for Government, for those who still have to type it. */
const OLD_GOVERNMENT_HOST = 'analytics-f.webex.com';

export const regions = [
  { value: 'auto', label: 'Automatic', host: 'analytics-calling.webexapis.com' },
  { value: 'us', label: 'United States and Canada', host: 'analytics-calling.webexapis.com' },
  { value: 'eu', label: 'Europe', host: 'analytics-calling-eu.webexapis.com' },
  { value: 'in', label: 'India', host: 'analytics-calling-in.webexapis.com' },
  { value: 'au', label: 'Australia', host: 'analytics-calling-au.webexapis.com' },
  { value: 'gov', label: 'Webex for Government', host: 'analytics-calling-gov.webexapis.com' },
] as const;

export const DEFAULT_ADDRESS = `https://${regions[0].host}`;

/** `https://host` of the service, or of this computer. Failure `bad-address` for any other host. */
export function readDataAddress(typed: string): Result<string> {
  const address = readServerAddress(typed, DEFAULT_ADDRESS);
  if (!address.ok) return address;
  const { hostname, origin } = new URL(address.value);
  return isServiceHost(hostname) || isLoopback(hostname)
    ? ok(origin)
    : failed(failure('bad-address', `${hostname} is not a host of Webex`));
}

/**
 * Where to begin asking. `region` is one of the options, or the host that the service named last time; it counts unless
 * another address was typed than `movedFrom`, the one that was asked when it did so.
 */
export function startingOrigin(serverAddress: string, region: string, movedFrom = ''): string {
  const isTyped = serverAddress !== DEFAULT_ADDRESS;
  if (isTyped && (serverAddress !== movedFrom || region === '')) return serverAddress;
  const known = regions.find(({ value }) => value === region)?.host;
  return `https://${known ?? (isServiceHost(region) ? region : regions[0].host)}`;
}

/** What to keep in the field `region` for an origin. */
export function regionOf(origin: string): string {
  const { hostname } = new URL(origin);
  return regions.find(({ value, host }) => value !== 'auto' && host === hostname)?.value ?? hostname;
}

/**
 * The origin that the text of a 451 names: the first host below the service's domain, written with `https://` or
 * without; null when it names none. A service on this computer may name this computer.
 */
export function originIn(text: string, current: string): string | null {
  const { hostname, protocol } = new URL(current);
  for (const [name] of text.matchAll(/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?/gi)) {
    const host = name.toLowerCase();
    if (isLoopback(hostname) && host.startsWith(`${hostname}:`)) return `${protocol}//${host}`;
    if (host.endsWith(SERVICE_DOMAIN) && !isLoopback(hostname)) return `https://${host}`;
  }
  return null;
}

/** Which addresses may have the token while records are asked for at `origin`. */
export const guardOf = (origin: string) =>
  createHostGuard({ base: new URL(origin), trustedSuffixes: [SERVICE_DOMAIN] });

const isServiceHost = (host: string) => host.endsWith(SERVICE_DOMAIN) || host === OLD_GOVERNMENT_HOST;
