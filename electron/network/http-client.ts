import type { Dispatcher } from 'undici';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { collectBody, TooLongError } from './collect-body.ts';
import type { Route } from './connection.ts';
import type { ConnectionBudget, Turn } from './connection-budget.ts';
import { isLoopback } from './host-guard.ts';
import type { AnswerHead, BodySink, HttpClient, HttpRequest } from './http.ts';
import { networkFailure } from './network-failure.ts';
import { ProxyRefusedError } from './proxy-refusal.ts';
import { receive } from './receive.ts';
import { type ConnectionOptions, connectionDefaults, createRoutes } from './routes.ts';
import { createStop, type Stop, unlessStopped } from './stop.ts';
import type { RequestSize } from './turns.ts';

export interface HttpClientOptions extends Partial<ConnectionOptions> {
  /** Shared by all clients of one account. */
  readonly budget: ConnectionBudget;
}

/** What to do with a body; null: it is not wanted. */
type Open = (head: AnswerHead) => BodySink | null;

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

const cancelled = failed(failure('cancelled', 'stopped'));

/** A request on its way. */
interface Sending {
  readonly turn: Turn;
  readonly request: HttpRequest;
  readonly stop: Stop;
  readonly open: Open;
}

/** An `HttpClient` on undici. The network parts of it are in the modules beside this one. */
export function createHttpClient({ budget, ...connection }: HttpClientOptions): HttpClient {
  const routes = createRoutes({ ...connectionDefaults, ...connection });
  const running = new Set<Stop>();
  let closed = false;

  /** Runs one request when it is its turn. */
  async function run(size: RequestSize, request: HttpRequest, open: Open): Promise<Result<AnswerHead>> {
    if (closed || request.signal?.aborted) return cancelled;
    const stop = createStop();
    request.signal?.addEventListener('abort', stop.stop, { once: true });
    running.add(stop);
    const turn = await budget.begin(size, stop);
    try {
      return turn ? await follow({ turn, request, stop, open }) : cancelled;
    } finally {
      running.delete(stop);
      request.signal?.removeEventListener('abort', stop.stop);
      turn?.end();
    }
  }

  /** Sends the request to its own address, then to wherever redirects lead. */
  async function follow(sending: Sending): Promise<Result<AnswerHead>> {
    const { request, open } = sending;
    let from: URL | null = null;
    let to = parseUrl(request.url);
    for (let redirects = 0; ; redirects += 1) {
      if (!to || !mayGo(from, to, request.trusts)) {
        return failed(failure('untrusted-host', to ? to.host : 'not an address'));
      }
      const at: URL = to;
      const nextOf = (head: AnswerHead) => (request.method === 'GET' ? redirectOf(head, at) : null);
      const isLast = (head: AnswerHead) => nextOf(head) === null;
      const wanted: Open = (head) => (isLast(head) ? open(head) : null);
      const sent = await sendTo(at, { ...sending, open: wanted }, isLast);
      const next = sent.ok ? nextOf(sent.value) : null;
      if (!next) return sent;
      if (redirects === MOST_REDIRECTS) return failed(failure('too-many-redirects', next.host));
      from = at;
      to = next;
    }
  }

  async function sendTo(
    url: URL,
    { turn, request, stop, open }: Sending,
    isLast: (head: AnswerHead) => boolean,
  ): Promise<Result<AnswerHead>> {
    let route: Route | null = null;
    const explain = (error: unknown, connected: boolean) =>
      stop.stopped
        ? cancelled
        : failed(networkFailure(error, { host: url.host, proxy: route?.proxy ?? null, connected }));
    try {
      const way = routes.to(url, request.directIfPrivate);
      route = way instanceof Promise ? await unlessStopped(way, stop) : way;
    } catch (error) {
      return explain(error, false);
    }
    if (stop.stopped) return cancelled;
    const isRefusal = ({ status }: AnswerHead) => route?.forwarded === true && status === 407;
    const connection = turn.connect(route);
    stop.whenStopped = () => void connection.close();
    try {
      const received = await receive(
        connection,
        toSend(request, url, route),
        (head) => (isRefusal(head) ? null : open(head)),
        (head) => {
          stop.whenStopped = null;
          if (isLast(head)) turn.end();
        },
      );
      if (received.kind === 'broken') return explain(received.error, received.connected);
      return isRefusal(received.head) ? explain(new ProxyRefusedError(407), true) : ok(received.head);
    } finally {
      stop.whenStopped = null;
    }
  }

  return {
    async exchange(request, { maxBytes = DEFAULT_MAX_BYTES } = {}) {
      const body = collectBody(maxBytes);
      try {
        const answer = await run('small', request, () => body);
        return answer.ok ? ok({ ...answer.value, text: body.text() }) : answer;
      } catch (error) {
        if (error instanceof TooLongError) return failed(failure('unusable-answer', error.message));
        throw error;
      }
    },

    stream: (request, open) => run('large', request, open),

    async close() {
      closed = true;
      for (const { stop } of running) stop();
      await budget.close(routes.known);
    },
  };
}

/** A request in undici's words. A proxy that passes it on wants the whole address, and the host's name as well. */
function toSend(request: HttpRequest, url: URL, route: Route): Dispatcher.DispatchOptions {
  const { method, headers, body, headersTimeout, idleTimeout } = request;
  const path = url.pathname + url.search;
  const common = {
    method,
    body: body ?? null,
    ...(headersTimeout !== undefined && { headersTimeout }),
    ...(idleTimeout !== undefined && { bodyTimeout: idleTimeout }),
  };
  const all = { 'accept-encoding': 'identity', ...headers };
  return route.forwarded
    ? { ...common, path: url.origin + path, headers: { ...all, host: url.host } }
    : { ...common, path, headers: all };
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
