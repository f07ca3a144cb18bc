import { getProxyForUrl } from 'proxy-from-env';

/**
 * The proxy that the environment names for an origin (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, as for
 * curl), in the words of `FindProxyForURL`; null for none.
 */
export async function environmentProxy(origin: string): Promise<string | null> {
  const proxy = getProxyForUrl(origin);
  if (proxy === '') return null;
  // Written without a scheme it means plain http, as curl has it; the library adds the one of the origin.
  const hasOwnScheme = Object.values(process.env).includes(proxy);
  try {
    const { protocol, host } = new URL(proxy);
    return `${hasOwnScheme && protocol === 'https:' ? 'HTTPS' : 'PROXY'} ${host}`;
  } catch {
    return null;
  }
}
