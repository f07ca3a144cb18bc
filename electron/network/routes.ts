import { type Clock, systemClock } from '../lib/clock.ts';
import { createConnection, type Route } from './connection.ts';
import { isLoopback } from './host-guard.ts';
import { openSocket, type Way } from './open-socket.ts';
import { osCertificates } from './os-certificates.ts';
import { isPrivateHost } from './private-address.ts';
import { readProxyAnswer } from './system-proxy.ts';
import { createTlsLayer, type TlsOptions } from './tls-layer.ts';

/** How connections are made. Times in milliseconds. */
export interface ConnectionOptions extends TlsOptions {
  readonly clock: Clock;
  /** For a connection, and again for each TLS handshake over it. */
  readonly connectTimeout: number;
  /** From the request to the head of its answer. */
  readonly headersTimeout: number;
  /** The longest silence within a body. Time in which the body's sink holds it back does not count. */
  readonly idleTimeout: number;
  /**
   * The system's proxy for an address, in the words of `FindProxyForURL` (`PROXY host:port`, `DIRECT`), or null
   * for none. Asked with the origin only: paths and queries are nobody's business. Null: never a proxy.
   */
  readonly proxyFor: ((origin: string) => Promise<string | null>) | null;
  /** True where a person has named that proxy for this program alone, and with it where it is not to be used. */
  readonly proxyIsNamed: boolean;
}

export const connectionDefaults: ConnectionOptions = {
  clock: systemClock,
  connectTimeout: 10_000,
  headersTimeout: 30_000,
  idleTimeout: 30_000,
  certificates: osCertificates,
  certificate: null,
  imported: [],
  proxyFor: null,
  proxyIsNamed: false,
};

export interface Routes {
  /**
   * The way to an address. This computer itself is never asked for through a proxy; `directIfPrivate` as of an
   * `HttpRequest`.
   */
  to(url: URL, directIfPrivate?: boolean): Route | Promise<Route>;
  /** All that were asked for. */
  readonly known: ReadonlySet<Route>;
}

/** HTTP/1.1 only: with undici's HTTP/2 window, a file comes at a fraction of the speed on a line with some delay. */
export function createRoutes(options: ConnectionOptions): Routes {
  const { proxyFor, proxyIsNamed } = options;
  const tlsLayer = createTlsLayer(options);
  const known = new Set<Route>();
  const byAddress = new Map<string, Route>();

  function createRoute(way: Way): Route {
    const { to, proxy } = way;
    const forwarded = proxy !== null && to.protocol === 'http:';
    const route: Route = {
      origin: forwarded ? proxy.origin : to.origin,
      proxy: proxy === null ? null : proxy.host,
      forwarded,
      connect: (place) =>
        createConnection({
          ...options,
          route,
          place,
          openSocket: () => openSocket(way, { ...options, tlsLayer }),
        }),
    };
    known.add(route);
    return route;
  }

  function routeBy(url: URL, proxy: string | null): Route {
    const address = proxy === null ? url.origin : `${url.origin} ${proxy}`;
    const before = byAddress.get(address);
    if (before) return before;
    const route = createRoute({ to: new URL(url.origin), proxy: proxy === null ? null : new URL(proxy) });
    byAddress.set(address, route);
    return route;
  }

  return {
    known,
    to(url, directIfPrivate = false) {
      const isDirect = directIfPrivate && !proxyIsNamed && isPrivateHost(url.hostname);
      if (!proxyFor || isDirect || isLoopback(url.hostname)) return routeBy(url, null);
      return proxyFor(`${url.origin}/`).then((answer) =>
        routeBy(url, answer === null ? null : readProxyAnswer(answer)),
      );
    },
  };
}
