/** How a file server answers one request: as it should, or with a fault. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Clock } from '../../electron/lib/clock.ts';

export interface ServedFile {
  readonly content: Buffer;
  /** Whether `Range` is honoured; true unless said otherwise. */
  readonly ranges?: boolean;
  /** As it stands in the header, with its quotes. */
  readonly etag?: string;
  /** As it stands in the header. */
  readonly lastModified?: string;
}

/** What goes wrong with one request. Positions and counts are bytes of the whole file. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** A web page with status 200, of a length that the head does not say. */
  | { readonly kind: 'html' }
  /** Another body with status 200, and its length. */
  | { readonly kind: 'instead'; readonly body: string; readonly type: string }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  /** The connection ends behind byte `after`. */
  | { readonly kind: 'cut'; readonly after: number }
  /** The connection is reset behind byte `after`. */
  | { readonly kind: 'reset'; readonly after: number }
  /** The connection ends before any answer. */
  | { readonly kind: 'drop' }
  /** Nothing comes behind byte `after`, not even a head where it is null, until `release` is called. */
  | { readonly kind: 'stall'; readonly after: number | null }
  /** The body comes in so many pieces, each so many milliseconds of the server's clock after the one before. */
  | { readonly kind: 'drip'; readonly pieces: number; readonly everyMs: number }
  /** Status 200 and the whole file, whatever was asked. */
  | { readonly kind: 'ignore-range' }
  /** A 206 that begins `by` bytes away from what was asked. */
  | { readonly kind: 'wrong-offset'; readonly by: number }
  /** 416 with this total. */
  | { readonly kind: 'unsatisfiable'; readonly total: number }
  /** From now on it is another file. */
  | { readonly kind: 'change'; readonly to: ServedFile; readonly ignoreIfRange?: boolean }
  /** The byte at `at` is another one. */
  | { readonly kind: 'corrupt'; readonly at: number }
  | { readonly kind: 'gzip' }
  /** `content-length` says `bytes`; as many come as there are. */
  | { readonly kind: 'length'; readonly bytes: number }
  /** A body without a length that ends behind `bytes` as if that were all. */
  | { readonly kind: 'short'; readonly bytes: number };

export interface FileExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Null: there is none. */
  readonly file: ServedFile | null;
  readonly fault: Fault | null;
  readonly clock: Clock;
  /** Resolves when stalled answers may go on. */
  readonly released: Promise<void>;
}

const WEB_PAGE = '<!doctype html><p>Sign in</p>';

export async function serveFile(exchange: FileExchange): Promise<void> {
  const { request, response, file, fault } = exchange;
  switch (fault?.kind) {
    case 'drop':
      request.socket.destroy();
      return;
    case 'status':
      response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end(WEB_PAGE);
      return;
    case 'instead': {
      const length = Buffer.byteLength(fault.body);
      response.writeHead(200, { 'content-type': fault.type, 'content-length': length }).end(fault.body);
      return;
    }
    case 'redirect':
      response.writeHead(fault.status ?? 302, { location: fault.to }).end();
      return;
    case 'unsatisfiable':
      response.writeHead(416, { 'content-range': `bytes */${fault.total}` }).end();
      return;
    case 'stall':
      if (fault.after === null) await exchange.released;
  }
  if (file) await sendBody(exchange, answerWith(file, request, fault));
  else response.writeHead(404).end();
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | number>;
  readonly body: Buffer;
  /** Where in the file the body begins. */
  readonly from: number;
}

/** What the head and the body are, before anything happens to them on their way. */
function answerWith(file: ServedFile, request: IncomingMessage, fault: Fault | null): Answer {
  const { content, etag, lastModified } = file;
  const headers: Record<string, string | number> = {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { 'last-modified': lastModified }),
  };
  const asked = rangeOf(request, file, fault);
  if (asked > 0 && asked >= content.length) {
    headers['content-range'] = `bytes */${content.length}`;
    return { status: 416, headers, body: Buffer.alloc(0), from: 0 };
  }
  const from = asked > 0 && fault?.kind === 'wrong-offset' ? asked + fault.by : asked;
  if (asked > 0) headers['content-range'] = `bytes ${from}-${content.length - 1}/${content.length}`;
  let body = Buffer.from(content.subarray(from));
  if (fault?.kind === 'corrupt') body[fault.at - from] = (body[fault.at - from] ?? 0) ^ 0xff;
  if (fault?.kind === 'gzip') {
    body = gzipSync(body);
    headers['content-encoding'] = 'gzip';
  }
  if (fault?.kind === 'short') body = body.subarray(0, Math.max(0, fault.bytes - from));
  else headers['content-length'] = fault?.kind === 'length' ? fault.bytes : body.length;
  return { status: asked > 0 ? 206 : 200, headers, body, from };
}

/** The byte that an answer has to begin with; 0 for the whole file. */
function rangeOf(request: IncomingMessage, file: ServedFile, fault: Fault | null): number {
  const asked = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (file.ranges === false || fault?.kind === 'ignore-range') return 0;
  const validator = request.headers['if-range'];
  const isSame = validator === undefined || validator === file.etag || validator === file.lastModified;
  return isSame || (fault?.kind === 'change' && fault.ignoreIfRange) ? asked : 0;
}

async function sendBody({ response, fault, clock, released }: FileExchange, answer: Answer): Promise<void> {
  const { status, headers, body, from } = answer;
  const until = (position: number) => body.subarray(0, Math.max(0, position - from));
  response.writeHead(status, headers);
  response.flushHeaders();
  switch (fault?.kind) {
    case 'cut':
      await write(response, until(fault.after));
      response.destroy();
      return;
    case 'reset':
      await write(response, until(fault.after));
      response.socket?.resetAndDestroy();
      return;
    case 'stall': {
      const before = until(fault.after ?? 0);
      response.write(before);
      await released;
      response.end(body.subarray(before.length));
      return;
    }
    case 'drip':
      for (let piece = 0; piece < fault.pieces && !response.destroyed; piece++) {
        const [begin, end] = [piece, piece + 1].map((n) => Math.floor((body.length * n) / fault.pieces));
        response.write(body.subarray(begin, end));
        await clock.sleep(fault.everyMs);
      }
      response.end();
      return;
    case 'length':
      // Node's server itself would refuse to write more than it announced.
      response.socket?.write(body, () => response.destroy());
      return;
    default:
      response.end(body);
  }
}

/** Resolves when the bytes have left, or never will. */
function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.write(bytes, () => resolve());
  });
}
