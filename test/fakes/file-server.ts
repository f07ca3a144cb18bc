/** A real HTTP server for files on 127.0.0.1, honest until a test asks it for a fault. */
import { createServer, type IncomingMessage } from 'node:http';
import { type Clock, systemClock } from '../../electron/lib/clock.ts';
import { type Fault, type ServedFile, serveFile } from './serve-file.ts';

export type { Fault, ServedFile };

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** By the server's clock, milliseconds since 1970, UTC. */
  readonly at: number;
}

export interface FileServer {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** Serves a file from now on. Answers with its address. */
  serve(path: string, file: ServedFile): string;
  /** What goes wrong with the next requests for this path, one each. */
  fail(path: string, ...faults: readonly Fault[]): void;
  /** Nothing goes wrong any more. */
  forgive(): void;
  /** All requests so far, in their order. */
  readonly requests: readonly SeenRequest[];
  /** Requests for one path. */
  requestsFor(path: string): readonly SeenRequest[];
  /**
   * The most requests that were under way at once, and now. One counts from when everything has been dealt with that
   * came before it, the end of another one for instance.
   */
  readonly most: number;
  readonly underWay: number;
  /** Lets stalled bodies go on, also those that are still to come. */
  release(): void;
  close(): Promise<void>;
}

/** `clock` is what a body that drips is paced by. */
export async function startFileServer({ clock = systemClock as Clock } = {}): Promise<FileServer> {
  const files = new Map<string, ServedFile>();
  const faults = new Map<string, Fault[]>();
  const requests: SeenRequest[] = [];
  let underWay = 0;
  let most = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });

  const countMost = () => {
    most = Math.max(most, underWay);
  };

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers, at: clock.now() });
    underWay += 1;
    setImmediate(() => setImmediate(countMost));
    response.once('close', () => {
      underWay -= 1;
    });
    const fault = faults.get(path)?.shift() ?? null;
    if (fault?.kind === 'change') files.set(path, fault.to);
    void serveFile({ request, response, file: files.get(path) ?? null, fault, clock, released });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

  return {
    origin,
    serve(path, file) {
      files.set(path, file);
      return origin + path;
    },
    fail: (path, ...next) => void faults.set(path, [...(faults.get(path) ?? []), ...next]),
    forgive: () => faults.clear(),
    requests,
    requestsFor: (path) => requests.filter((request) => request.path === path),
    get most() {
      return most;
    },
    get underWay() {
      return underWay;
    },
    release,
    close() {
      release();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
