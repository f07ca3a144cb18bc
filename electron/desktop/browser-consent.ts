/** Consent in the system's browser: a page of the service there, and a way back to this computer (RFC 8252, 7.3). */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import { errorCode } from '../lib/error-code.ts';
import { type BrowserConsent, CONSENT_REDIRECT } from '../providers/provider.ts';

export interface BrowserConsentOptions {
  /** Opens an address in the system's browser. */
  readonly open: (address: string) => Promise<void>;
  readonly clock: Clock;
  /** Where the browser is led back to, on this computer. */
  readonly redirect?: string;
}

/** Long enough to find a password and a second factor. */
const PATIENCE_MS = 10 * 60_000;

const page = (text: string) =>
  `<!doctype html><meta charset="utf-8"><title>CDR Desk</title><body style="font:16px sans-serif;margin:3em">${text}`;

/**
 * Listens while the browser is open, for this computer alone, and for one answer. Failure `consent-refused` when nobody
 * comes back within ten minutes, or when another program listens there already; `cancelled` when it was stopped.
 */
export function createBrowserConsent({
  open,
  clock,
  redirect = CONSENT_REDIRECT,
}: BrowserConsentOptions): BrowserConsent {
  const back = new URL(redirect);

  return async (addressFor, signal) => {
    const over = new AbortController();
    const server = createServer();
    const query = new Promise<Result<URLSearchParams>>((resolve) => {
      const end = (why: Failure) => resolve(failed(why));
      server.on('request', (request, response) => {
        const to = new URL(request.url ?? '/', redirect);
        if (to.pathname !== back.pathname) return answer(response, 404, 'There is nothing here.');
        answer(response, 200, 'You can close this page and go back to CDR Desk.');
        resolve(ok(to.searchParams));
      });
      server.on('error', (error) => end(failure('consent-refused', `${back.host}: ${errorCode(error)}`)));
      const stop = () => end(failure('cancelled', 'stopped while the browser was open'));
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true, signal: over.signal });
      void clock
        .sleep(PATIENCE_MS, over.signal)
        .then(() => end(failure('consent-refused', 'nobody came back from the browser')));
    });
    try {
      await listen(server, back);
      if (server.listening && !signal.aborted) await open(addressFor(redirect));
      const came = await query;
      return came.ok ? ok({ query: came.value, redirect }) : came;
    } catch (error) {
      return failed(failure('consent-refused', errorCode(error)));
    } finally {
      over.abort();
      server.close();
      server.closeAllConnections();
    }
  };
}

/** Resolves when it listens, or when it can't. */
function listen(server: Server, { hostname, port }: URL): Promise<void> {
  return new Promise((resolve) => {
    server.once('error', () => resolve());
    server.listen(Number(port), hostname, resolve);
  });
}

function answer(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      connection: 'close',
      'cache-control': 'no-store',
    })
    .end(page(text));
}
