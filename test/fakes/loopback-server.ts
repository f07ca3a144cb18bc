import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { certificate, key } from './loopback-certificates.ts';

export interface LoopbackServer {
  /** `http://127.0.0.1:port` or with https, without a slash at its end. */
  readonly url: string;
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** For events beside requests. */
  readonly server: Server;
  /** Connections accepted so far, and those that are open now. */
  readonly accepted: number;
  readonly open: number;
  /** Resolves when no connection is open. */
  untilIdle(): Promise<void>;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** A real HTTP server on this computer, at a port that was free. */
export const serveHttp = (listener: RequestListener): Promise<LoopbackServer> =>
  listen(createServer(listener), 'http');

/** The same over TLS, with a certificate that nothing trusts by itself. */
export const serveTls = (listener: RequestListener, cert = certificate): Promise<LoopbackServer> =>
  listen(createTlsServer({ key, cert }, listener), 'https');

async function listen(server: Server, scheme: string): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  let waiting: (() => void)[] = [];
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size > 0) return;
      for (const idle of waiting) idle();
      waiting = [];
    });
  });
  const port = await listenOnFreePort(server);
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    server,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
    untilIdle: () =>
      new Promise((resolve) => {
        if (sockets.size === 0) resolve();
        else waiting.push(resolve);
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Makes a server of any kind listen on 127.0.0.1. Answers with its port. */
export async function listenOnFreePort(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
