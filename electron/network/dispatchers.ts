import tls from 'node:tls';
import { Agent, type buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { isLoopback } from './host-guard.ts';
import { osCertificates } from './os-certificates.ts';
import { noticeProxyRefusal } from './proxy-refusal.ts';
import { readProxyAnswer } from './system-proxy.ts';

/** How connections are made. Times in milliseconds. */
export interface ConnectionOptions {
  /** From the first packet to the end of the TLS handshake. */
  readonly connectTimeout: number;
  /** From the request to the head of its answer. */
  readonly headersTimeout: number;
  /** The longest silence within a body. */
  readonly idleTimeout: number;
  /** The most connections to one host and port. */
  readonly connectionsPerHost: number;
  /** The certificate authorities to trust, as PEM; null: those that Node brings along. Asked for once, when needed. */
  readonly certificates: () => readonly string[] | null;
  /**
   * The system's proxy for an address, in the words of `FindProxyForURL` (`PROXY host:port`, `DIRECT`), or null
   * for none. Asked with the origin only: paths and queries are nobody's business. Null: never a proxy.
   */
  readonly proxyFor: ((origin: string) => Promise<string | null>) | null;
}

export const connectionDefaults: ConnectionOptions = {
  connectTimeout: 10_000,
  headersTimeout: 30_000,
  idleTimeout: 45_000,
  connectionsPerHost: 20,
  certificates: osCertificates,
  proxyFor: null,
};

/** Which way a request goes. */
export interface Route {
  readonly dispatcher: Dispatcher;
  /** Host and port of the proxy, or null. */
  readonly proxy: string | null;
}

export interface Dispatchers {
  /** The way to an address. This computer itself is never asked for through a proxy. */
  to(url: URL): Promise<Route>;
  /** Ends every connection at once. */
  destroy(): Promise<void>;
}

/**
 * undici's agents, one for direct connections and one for each proxy that was needed. HTTP/1.1 only: with
 * undici's HTTP/2 window, a file comes at a fraction of the speed on a line with some delay.
 */
export function createDispatchers(options: ConnectionOptions): Dispatchers {
  const agents = new Map<string, Dispatcher>();
  const common = {
    allowH2: false,
    connections: options.connectionsPerHost,
    headersTimeout: options.headersTimeout,
    bodyTimeout: options.idleTimeout,
  };
  const plain = { allowH2: false, timeout: options.connectTimeout };

  /** Made once: reading hundreds of certificates for every connection takes noticeable time. */
  let secure: buildConnector.BuildOptions | null = null;
  function overTls() {
    if (!secure) {
      const ca = options.certificates();
      const secureContext = ca && tls.createSecureContext({ ca: [...ca] });
      secure = { ...plain, rejectUnauthorized: true, ...(secureContext && { secureContext }) };
    }
    return secure;
  }

  function createDirect(connect: buildConnector.BuildOptions): Dispatcher {
    // Node's own quarter of a second for each address of a host is too short for some networks.
    return new Agent({ ...common, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1000, connect });
  }

  function createProxied(proxy: string): Dispatcher {
    return new ProxyAgent({
      ...common,
      uri: proxy,
      requestTls: overTls(),
      proxyTls: overTls(),
      clientFactory: (origin, asked) => new Pool(origin, { ...common, ...asked }).compose(noticeProxyRefusal),
    });
  }

  function agentFor(url: URL, proxy: string | null): Dispatcher {
    const key = proxy ?? url.protocol;
    const known = agents.get(key);
    if (known) return known;
    const agent = proxy ? createProxied(proxy) : createDirect(key === 'https:' ? overTls() : plain);
    agents.set(key, agent);
    return agent;
  }

  async function proxyOf(url: URL): Promise<string | null> {
    if (!options.proxyFor || isLoopback(url.hostname)) return null;
    const answer = await options.proxyFor(`${url.origin}/`);
    return answer === null ? null : readProxyAnswer(answer);
  }

  return {
    async to(url) {
      const proxy = await proxyOf(url);
      return { dispatcher: agentFor(url, proxy), proxy: proxy && new URL(proxy).host };
    },
    async destroy() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}
