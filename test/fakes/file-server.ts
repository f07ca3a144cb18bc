/** A real HTTP server for files on 127.0.0.1, honest until a test asks it for a fault. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface ServedFile {
  readonly content: Buffer;
  /** Whether `Range` is honoured; true unless said otherwise. */
  readonly ranges?: boolean;
  /** As it stands in the header, with its quotes. */
  readonly etag?: string;
}

/** What goes wrong with one request. Positions and counts are bytes of the whole file. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** The connection breaks behind byte `after`. */
  | { readonly kind: 'cut'; readonly after: number }
  /** Nothing comes behind byte `after` until `release` is called. */
  | { readonly kind: 'stall'; readonly after: number }
  /** A 206 that begins `by` bytes away from what was asked. */
  | { readonly kind: 'wrong-offset'; readonly by: number }
  /** The byte at `at` is another one. */
  | { readonly kind: 'corrupt'; readonly at: number }
  | { readonly kind: 'gzip' }
  /** A web page with status 200. */
  | { readonly kind: 'html' }
  /** `content-length` says `bytes`; as many come as there are. */
  | { readonly kind: 'length'; readonly bytes: number }
  /** A body without a length that ends behind `bytes` as if that were all. */
  | { readonly kind: 'short'; readonly bytes: number }
  /** 416 with this total. */
  | { readonly kind: 'unsatisfiable'; readonly total: number }
  /** The connection breaks before any answer. */
  | { readonly kind: 'drop' };

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

export interface FileServer {
  /** Serves a file from now on. Answers with its address. */
  serve(path: string, file: ServedFile): string;
  /** What goes wrong with the next requests for this path, one each. */
  fail(path: string, ...faults: readonly Fault[]): void;
  /** All requests so far, in their order. */
  readonly requests: readonly SeenRequest[];
  /** Requests for one path. */
  requestsFor(path: string): readonly SeenRequest[];
  /** The most requests that were under way at once, and now. */
  readonly most: number;
  readonly underWay: number;
  /** Lets stalled bodies go on, also those that are still to come. */
  release(): void;
  close(): Promise<void>;
}

export async function startFileServer(): Promise<FileServer> {
  const files = new Map<string, ServedFile>();
  const faults = new Map<string, Fault[]>();
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let underWay = 0;
  let most = 0;
  let open = () => {};
  const released = new Promise<void>((resolve) => {
    open = resolve;
  });

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers });
    underWay += 1;
    most = Math.max(most, underWay);
    response.once('close', () => {
      underWay -= 1;
    });
    const fault = faults.get(path)?.shift() ?? null;
    const file = files.get(path);
    if (fault?.kind === 'drop') return void request.socket.destroy();
    if (fault?.kind === 'status') {
      return void response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
    }
    if (!file) return void response.writeHead(404).end();
    answer(request, response, file, fault, released);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    serve(path, file) {
      files.set(path, file);
      return `http://127.0.0.1:${port}${path}`;
    },
    fail: (path, ...next) => void faults.set(path, [...(faults.get(path) ?? []), ...next]),
    requests,
    requestsFor: (path) => requests.filter((request) => request.path === path),
    get most() {
      return most;
    },
    get underWay() {
      return underWay;
    },
    release: open,
    close() {
      open();
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { content, ranges = true, etag }: ServedFile,
  fault: Fault | null,
  released: Promise<void>,
): void {
  const headers: Record<string, string | number> = etag === undefined ? {} : { etag };
  if (fault?.kind === 'html') {
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Sign in</p>');
  }
  if (fault?.kind === 'unsatisfiable') {
    return void response.writeHead(416, { 'content-range': `bytes */${fault.total}` }).end();
  }
  const asked = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const changed = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
  const partial = ranges && asked > 0 && !changed;
  if (partial && asked >= content.length) {
    return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
  }
  const from = partial ? asked + (fault?.kind === 'wrong-offset' ? fault.by : 0) : 0;
  let body = content.subarray(from);
  if (partial) headers['content-range'] = `bytes ${from}-${content.length - 1}/${content.length}`;
  if (fault?.kind === 'corrupt') {
    body = Buffer.from(body);
    body[fault.at - from] = (body[fault.at - from] ?? 0) ^ 0xff;
  }
  if (fault?.kind === 'gzip') {
    body = gzipSync(body);
    headers['content-encoding'] = 'gzip';
  }
  if (fault?.kind === 'short') body = body.subarray(0, fault.bytes - from);
  else headers['content-length'] = fault?.kind === 'length' ? fault.bytes : body.length;
  response.writeHead(partial ? 206 : 200, headers);
  if (fault?.kind === 'cut') {
    response.write(body.subarray(0, fault.after - from), () => response.destroy());
  } else if (fault?.kind === 'stall') {
    response.write(body.subarray(0, Math.max(0, fault.after - from)));
    void released.then(() => response.end(body.subarray(Math.max(0, fault.after - from))));
  } else if (fault?.kind === 'length') {
    // Node's server itself would refuse to write more than it announced.
    response.flushHeaders();
    response.socket?.write(body, () => response.destroy());
  } else {
    response.end(body);
  }
}
