export interface HostGuardOptions {
  /** The service's own address. */
  readonly base: URL;
  /** Domains whose hosts may have the token as well, e.g. `.webex.com`: that name and all below it. */
  readonly trustedSuffixes: readonly string[];
}

/** A host that is this computer itself. The URL parser has already turned `127.1` and `0x7f000001` into dots. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * Which addresses may have the account's token: none with user info in it; the base's own origin, with its scheme and
 * port; and https on its usual port to a host under one of the suffixes. Where the base is this computer itself: that
 * same host at any port, plain http too, and no other host.
 */
export function createHostGuard({ base, trustedSuffixes }: HostGuardOptions): (url: URL) => boolean {
  const domains = trustedSuffixes.map((suffix) => suffix.replace(/^\./, '').toLowerCase());
  const local = isLoopback(base.hostname);

  return (url) => {
    if (url.username !== '' || url.password !== '') return false;
    if (local) return url.hostname === base.hostname && /^https?:$/.test(url.protocol);
    if (url.origin === base.origin) return true;
    if (url.protocol !== 'https:' || url.port !== '') return false;
    const underDomain = (domain: string) => url.hostname === domain || url.hostname.endsWith(`.${domain}`);
    return domains.some(underDomain);
  };
}
