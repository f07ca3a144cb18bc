import type { RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { createConnectionBudget } from '../../../electron/network/connection-budget.ts';
import type { HttpClient, HttpRequest } from '../../../electron/network/http.ts';
import { createHttpClient, type HttpClientOptions } from '../../../electron/network/http-client.ts';
import { serveHttp, serveTls } from '../../fakes/loopback-server.ts';

/** Closes something when the test is over. */
export function closing<T extends { close(): unknown }>(made: T): T {
  onTestFinished(async () => {
    await made.close();
  });
  return made;
}

export const http = async (listener: RequestListener) => closing(await serveHttp(listener));

export const tls = async (listener: RequestListener, cert?: string) =>
  closing(await serveTls(listener, cert));

export const client = (options: Partial<HttpClientOptions> = {}): HttpClient =>
  closing(createHttpClient({ budget: createConnectionBudget(), ...options }));

export const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: { authorization: 'Bearer s3cret' },
  trusts: () => true,
  ...more,
});
