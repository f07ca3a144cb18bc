import { connect, type Socket } from 'node:net';
import { Client, errors } from 'undici';
import type { Clock } from '../lib/clock.ts';
import { ProxyRefusedError } from './proxy-refusal.ts';
import { bare, type TlsLayer } from './tls-layer.ts';

export interface OpenSocketOptions {
  readonly clock: Clock;
  /** Milliseconds for the way to the first computer, be it the host or its proxy. */
  readonly connectTimeout: number;
  /** Milliseconds that a proxy has to open a tunnel. */
  readonly headersTimeout: number;
  readonly tlsLayer: TlsLayer;
}

/** A socket from the moment on that it counts. */
export interface OpeningSocket {
  readonly socket: Socket;
  /** What the request goes over: the socket itself, or TLS over it. Rejects when that does not come about. */
  readonly ready: Promise<Socket>;
  /** Resolves when the socket is closed; never rejects. */
  readonly closed: Promise<void>;
}

/** How a host is reached. */
export interface Way {
  readonly to: URL;
  readonly proxy: URL | null;
}

/**
 * Begins to open a socket to a host, over TLS for https. Through a proxy, https goes through a tunnel; plain http goes
 * to the proxy itself.
 */
export function openSocket({ to, proxy }: Way, options: OpenSocketOptions): OpeningSocket {
  const { tlsLayer } = options;
  const first = proxy ?? to;
  const socket = connect({
    host: bare(first.hostname),
    port: portOf(first),
    // Node's own quarter of a second for each address of a host is too short for some networks.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1000,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });

  async function build(): Promise<Socket> {
    await connected(socket, options);
    if (!proxy) return to.protocol === 'https:' ? tlsLayer.toServer(socket, to) : socket;
    const outer = proxy.protocol === 'https:' ? await tlsLayer.toProxy(socket, proxy) : socket;
    if (to.protocol !== 'https:') return outer;
    await openTunnel(outer, to, options);
    return tlsLayer.toServer(outer, to);
  }

  const ready = build().catch((error: unknown) => {
    socket.destroy();
    // undici takes a SocketError for the end of a connection that it had, and opens another one, without end.
    throw error instanceof errors.SocketError ? new errors.ProxyConnectionError(error) : error;
  });
  return { socket, ready, closed };
}

function connected(socket: Socket, { clock, connectTimeout }: OpenSocketOptions): Promise<void> {
  const over = new AbortController();
  void clock.sleep(connectTimeout, over.signal).then(() => {
    if (!over.signal.aborted) socket.destroy(new errors.ConnectTimeoutError());
  });
  return new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new errors.ClientDestroyedError()));
  }).finally(() => over.abort());
}

/** Afterwards the socket leads to the host. A proxy's answer other than 200 is a `ProxyRefusedError`. */
async function openTunnel(socket: Socket, to: URL, { headersTimeout }: OpenSocketOptions): Promise<void> {
  const client = new Client('http://proxy', {
    headersTimeout,
    // Never a socket that is gone, for the same reason as above.
    connect: (_options, callback) =>
      queueMicrotask(() =>
        socket.destroyed ? callback(new errors.ClientDestroyedError(), null) : callback(null, socket),
      ),
  });
  const host = `${to.hostname}:${portOf(to)}`;
  const { statusCode } = await client.connect({
    path: host,
    headers: { host, 'proxy-connection': 'keep-alive' },
  });
  if (statusCode !== 200) throw new ProxyRefusedError(statusCode);
}

const portOf = ({ port, protocol }: URL) => Number(port) || (protocol === 'https:' ? 443 : 80);
