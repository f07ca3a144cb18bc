/**
 * The proxy that a PAC-style answer asks for (`PROXY host:port`, `HTTPS host:port` or `DIRECT`; several are
 * separated by `;`, best first), as a URL; null for none. The first kind that we can use is taken: SOCKS is
 * passed over. The format is the one of `FindProxyForURL`, which Electron's `session.resolveProxy` answers in.
 */
export function readProxyAnswer(answer: string): string | null {
  for (const choice of answer.split(';')) {
    const [kind = '', host = ''] = choice.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = schemes[kind.toUpperCase()];
    const proxy = scheme && toOrigin(`${scheme}://${host}`);
    if (proxy) return proxy;
  }
  return null;
}

const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };

function toOrigin(text: string): string | null {
  try {
    const url = new URL(text);
    return url.hostname === '' ? null : url.origin;
  } catch {
    return null;
  }
}
