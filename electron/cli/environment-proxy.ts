import { getProxyForUrl } from 'proxy-from-env';

/**
 * The proxy that the environment names for an origin (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, as for
 * curl), in the words of `FindProxyForURL`; null for none.
 */
export async function environmentProxy(origin: string): Promise<string | null> {
  const proxy = getProxyForUrl(origin);
  if (proxy === '') return null;
  try {
    const { protocol, host } = new URL(proxy);
    return `${protocol === 'https:' ? 'HTTPS' : 'PROXY'} ${host}`;
  } catch {
    return null;
  }
}
