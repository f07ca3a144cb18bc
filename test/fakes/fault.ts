import type { IncomingHttpHeaders } from 'node:http';

/** A request as a test sees it when it decides on a fault. */
export interface FaultRequest {
  readonly method: string;
  /** Below the server address, still percent-encoded: `/v1/cdr/daily/compression/files`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** How often this method and path were asked before: 0 the first time. */
  readonly tries: number;
}

/** One way for an answer to go wrong. Those that alter the normal answer start from what the service would send. */
export type Fault =
  /** Another answer altogether; the service does not see the request. */
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  /** A web page with status 200, as from a proxy. */
  | { kind: 'html' }
  /** Status 200 with no bytes. */
  | { kind: 'empty' }
  /** Status 307 to another address. */
  | { kind: 'redirect'; to: string; status?: number }
  /** The connection ends before anything was answered. */
  | { kind: 'reset' }
  /** The head promises the whole body; the connection ends after this many bytes of it. */
  | { kind: 'cut'; afterBytes: number }
  /** Nothing more comes after this many bytes of the body, or not even a head, until `release` or `close`. */
  | { kind: 'stall'; afterBytes?: number }
  /** The normal answer, slowly. */
  | { kind: 'drip'; bytesPerSecond: number }
  /** One byte of the body is another. */
  | { kind: 'corrupt'; atByte: number }
  /** Another body, with the length that fits it. */
  | { kind: 'body'; edit: (body: Buffer) => Buffer }
  /** Other headers; null takes one away. */
  | { kind: 'headers'; set: Record<string, string | null> }
  /** The whole file with status 200, whatever range was asked. */
  | { kind: 'ignore-range' }
  /** A 206 that begins this many bytes later (or earlier) than asked, and says so. */
  | { kind: 'wrong-range'; offset: number }
  /** `content-length` is off by this much from the body; the connection ends after the body. */
  | { kind: 'wrong-length'; delta: number }
  /** Compressed although nobody asked for it. */
  | { kind: 'gzip' }
  /** JSON that ends in the middle. */
  | { kind: 'broken-json' }
  /** The JSON body, changed. */
  | { kind: 'json'; edit: (body: unknown) => unknown }
  /** At most this many items a page, whatever was asked. */
  | { kind: 'short-pages'; size: number };

/** Decides on the fault of each request; undefined lets the service answer. */
export type Faults = (request: FaultRequest) => Fault | undefined;
