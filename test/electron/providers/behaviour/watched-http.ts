import type { HttpClient, HttpRequest } from '../../../../electron/network/http.ts';

/** What was sent, and where to. */
export interface Watch {
  readonly requests: HttpRequest[];
  /** The origin that a request goes to in place of its own; null: as it is. */
  divert: (request: HttpRequest) => string | null;
}

export const createWatch = (): Watch => ({ requests: [], divert: () => null });

/** A client that notes what is sent, and may send it elsewhere, as a network that leads to another server does. */
export function watchedHttp(http: HttpClient, watch: Watch): HttpClient {
  function send<T extends HttpRequest>(request: T): T {
    watch.requests.push(request);
    const origin = watch.divert(request);
    if (origin === null) return request;
    const { pathname, search } = new URL(request.url);
    return { ...request, url: `${origin}${pathname}${search}`, trusts: () => true };
  }
  return {
    exchange: (request, options) => http.exchange(send(request), options),
    stream: (request, open) => http.stream(send(request), open),
    close: () => http.close(),
  };
}
