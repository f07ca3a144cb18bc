import type { Dispatcher } from 'undici';

/** A proxy that did not open the tunnel to the host: 407 when it wants a password, 403 when it forbids it. */
export class ProxyRefusedError extends Error {
  override readonly name = 'ProxyRefusedError';
  readonly status: number;

  constructor(status: number) {
    super(`the proxy answered ${status}`);
    this.status = status;
  }
}

/**
 * For the agent that asks proxies for tunnels: any answer but 200 becomes a `ProxyRefusedError`. undici itself
 * reports it like an aborted request, with the status in the message's text only.
 */
export const noticeProxyRefusal: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, {
    onRequestStart: (...input) => handler.onRequestStart?.(...input),
    onRequestUpgrade(controller, status, headers, socket) {
      if (status === 200) return handler.onRequestUpgrade?.(controller, status, headers, socket);
      socket.on('error', () => {}).destroy();
      handler.onResponseError?.(controller, new ProxyRefusedError(status));
    },
    onResponseStart: (...input) => handler.onResponseStart?.(...input),
    onResponseError: (...input) => handler.onResponseError?.(...input),
  });
