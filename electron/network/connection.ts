import { Client, type Dispatcher, errors } from 'undici';
import type { OpeningSocket } from './open-socket.ts';
import type { SocketPlace } from './socket-place.ts';

/** The way to one origin, by itself or through one proxy. Its connections are good for each other's requests. */
export interface Route {
  /** Whom the connection speaks HTTP with: the origin, or a proxy that plain http goes to. */
  readonly origin: string;
  /** Host and port of the proxy, or null. */
  readonly proxy: string | null;
  /** Whether requests go to the proxy itself, which passes them on. */
  readonly forwarded: boolean;
  connect(place: SocketPlace): Connection;
}

/** One HTTP/1.1 connection at a time to one origin, for one request at a time; opened when there is a request. */
export interface Connection {
  readonly route: Route;
  /** Whether there is a socket that the next request can use. */
  readonly open: boolean;
  readonly closed: boolean;
  dispatch: Dispatcher['dispatch'];
  /** Ends what is under way, and for good. Resolves when the socket, if there is one, is closed. */
  close(): Promise<void>;
}

export interface ConnectionParts {
  readonly route: Route;
  readonly place: SocketPlace;
  readonly headersTimeout: number;
  readonly idleTimeout: number;
  openSocket(): OpeningSocket;
}

/** Routers on the way forget a connection that is silent for long, and then nobody says that it is gone. */
const LONGEST_IDLE_MS = 60_000;

/**
 * An undici client whose sockets are opened in a place. A socket that the server closes, or that was idle for as long
 * as the server's `keep-alive` hint says (4 seconds without one), is gone; the next request opens another one.
 */
export function createConnection(parts: ConnectionParts): Connection {
  const { route, place, headersTimeout, idleTimeout, openSocket } = parts;
  let closed = false;
  let opened: OpeningSocket | null = null;

  async function open() {
    const leave = await place.enter();
    if (closed) {
      leave();
      throw new errors.ClientDestroyedError();
    }
    opened = openSocket();
    void opened.closed.then(leave);
    return opened.ready;
  }

  const client = new Client(route.origin, {
    allowH2: false,
    pipelining: 1,
    headersTimeout,
    bodyTimeout: idleTimeout,
    keepAliveMaxTimeout: LONGEST_IDLE_MS,
    connect(_options, callback) {
      open().then(
        (socket) => callback(null, socket),
        (error) => callback(error, null),
      );
    },
  });

  return {
    route,
    get open() {
      return !closed && opened !== null && !opened.socket.destroyed;
    },
    get closed() {
      return closed;
    },
    dispatch: (options, handler) => client.dispatch(options, handler),
    async close() {
      closed = true;
      void client.destroy();
      opened?.socket.destroy();
      await opened?.closed;
    },
  };
}
