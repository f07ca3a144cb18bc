import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { ConnectionBudget } from './connection-budget.ts';
import { type ConnectionOptions, connectionDefaults, createDispatchers } from './dispatchers.ts';
import { isLoopback } from './host-guard.ts';
import type { AnswerHead, HttpClient, HttpRequest } from './http.ts';
import { networkFailure } from './network-failure.ts';
import { pump } from './pump.ts';

export interface HttpClientOptions extends Partial<ConnectionOptions> {
  /** Shared by all clients of one account. */
  readonly budget: ConnectionBudget;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

interface Answer {
  readonly head: AnswerHead;
  readonly body: Dispatcher.ResponseData['body'];
  /** What an error while reading the body means. */
  explain(error: unknown): Failure;
}

const cancelled = failure('cancelled', 'stopped');

/** An `HttpClient` on undici. The network parts of it are in the modules beside this one. */
export function createHttpClient({ budget, ...connection }: HttpClientOptions): HttpClient {
  const dispatchers = createDispatchers({ ...connectionDefaults, ...connection });
  const running = new Set<AbortController>();
  let closed = false;

  /** Runs one request in a slot of the budget, which is given back when `work` has let go of its connection. */
  async function inSlot<T>(
    request: HttpRequest,
    work: (signal: AbortSignal) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const controller = new AbortController();
    const stop = () => controller.abort();
    if (closed || request.signal?.aborted) return failed(cancelled);
    request.signal?.addEventListener('abort', stop, { once: true });
    running.add(controller);
    const release = await budget.acquire(controller.signal);
    try {
      if (!release || controller.signal.aborted) return failed(cancelled);
      return await work(controller.signal);
    } finally {
      running.delete(controller);
      request.signal?.removeEventListener('abort', stop);
      // One turn later, undici can use the same connection for whoever comes next.
      await new Promise((resolve) => setImmediate(resolve));
      release?.();
    }
  }

  /** One hop: sends the request to `url`, wherever a redirect has led it. */
  async function sendTo(url: URL, request: HttpRequest, signal: AbortSignal): Promise<Result<Answer>> {
    if (signal.aborted) return failed(cancelled);
    let proxy: string | null = null;
    const explain = (error: unknown) =>
      signal.aborted ? cancelled : networkFailure(error, { host: url.host, proxy });
    // undici itself sees an abort only once there is a connection.
    const stopped = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
    });
    try {
      const route = await Promise.race([dispatchers.to(url), stopped]);
      proxy = route.proxy;
      const answer = route.dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: { 'accept-encoding': 'identity', ...request.headers },
        body: request.body ?? null,
        signal,
      });
      const { statusCode, headers, body } = await Promise.race([answer, stopped]);
      return ok({ head: { status: statusCode, headers: flatten(headers) }, body, explain });
    } catch (error) {
      return failed(explain(error));
    }
  }

  async function send(request: HttpRequest, signal: AbortSignal): Promise<Result<Answer>> {
    let from: URL | null = null;
    let to = parseUrl(request.url);
    for (let redirects = 0; ; redirects += 1) {
      if (!to || !mayGo(from, to, request.trusts)) {
        return failed(failure('untrusted-host', to ? to.host : 'not an address'));
      }
      const sent: Result<Answer> = await sendTo(to, request, signal);
      const next: URL | null = sent.ok && request.method === 'GET' ? redirectOf(sent.value.head, to) : null;
      if (!sent.ok || !next) return sent;
      await sent.value.body.dump();
      if (redirects === MOST_REDIRECTS) return failed(failure('too-many-redirects', next.host));
      from = to;
      to = next;
    }
  }

  return {
    exchange: (request, { maxBytes = DEFAULT_MAX_BYTES } = {}) =>
      inSlot(request, async (signal) => {
        const sent = await send(request, signal);
        if (!sent.ok) return sent;
        const { head, body, explain } = sent.value;
        try {
          const bytes = await readAll(body, maxBytes);
          if (!bytes) return failed(failure('unusable-answer', `more than ${maxBytes} bytes`));
          return ok({ ...head, text: new TextDecoder().decode(bytes) });
        } catch (error) {
          return failed(explain(error));
        }
      }),

    stream: (request, open) =>
      inSlot(request, async (signal) => {
        const sent = await send(request, signal);
        if (!sent.ok) return sent;
        const { head, body, explain } = sent.value;
        const ended = await pump(body, openOrEnd(open, head, body), signal);
        return ended ? failed(explain(ended)) : ok(head);
      }),

    async close() {
      closed = true;
      for (const controller of running) controller.abort();
      await dispatchers.destroy();
    },
  };
}

/** Opens what the body goes into. When that fails, nobody is there to read the body, so it is ended. */
function openOrEnd(open: Parameters<HttpClient['stream']>[1], head: AnswerHead, body: Readable) {
  try {
    return open(head);
  } catch (error) {
    body.on('error', () => {}).destroy();
    throw error;
  }
}

/** The whole body; null, and the connection ended, when it is longer than `maxBytes`. */
async function readAll(body: Readable, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > maxBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Whether a request may go to `to`. Never back from https to plain http, but for this computer itself. */
function mayGo(from: URL | null, to: URL, trusts: HttpRequest['trusts']): boolean {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return false;
  const downgraded = from?.protocol === 'https:' && to.protocol === 'http:';
  if (downgraded && !isLoopback(to.hostname)) return false;
  return trusts(to);
}

/** Where a redirect leads; null for an answer that is none, or that says no usable address. */
function redirectOf({ status, headers }: AnswerHead, url: URL): URL | null {
  const { location } = headers;
  return REDIRECTS.includes(status) && location !== undefined ? parseUrl(location, url) : null;
}

function parseUrl(text: string, base?: URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
