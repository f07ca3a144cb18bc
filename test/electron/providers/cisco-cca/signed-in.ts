import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createConnectionBudget } from '../../../../electron/network/connection-budget.ts';
import { createHttpClient, type HttpClientOptions } from '../../../../electron/network/http-client.ts';
import { createCiscoCca } from '../../../../electron/providers/cisco-cca/index.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { type FaultyServiceOptions, startFaultyService } from '../../../fakes/faulty-service.ts';
import { serveHttp } from '../../../fakes/loopback-server.ts';

export const TODAY = '2026-03-15';

/** A session of the provider with a real HTTP client. Nothing is sent yet. */
export function openSession(
  serverAddress: string,
  fields: Readonly<Record<string, string>> = { accountName: 'demo', accountPassword: 'demo' },
  connection: Partial<HttpClientOptions> = {},
) {
  const clock = createFakeClock(Date.parse(`${TODAY}T12:00:00Z`));
  const http = createHttpClient({ budget: createConnectionBudget(), ...connection });
  onTestFinished(() => http.close());
  return { clock, http, session: createCiscoCca().openSession({ serverAddress, fields, http, clock }) };
}

/** The same with the imitation of the service behind it. */
export async function withService(options: Partial<FaultyServiceOptions> = {}) {
  const service = await startFaultyService({ today: TODAY, ...options });
  onTestFinished(() => service.close());
  const opened = openSession(service.address);
  const signIns = () => service.requests.filter(({ path }) => path === '/v1/oauth/token').length;
  return { service, signIns, ...opened };
}

/** A server that answers as the test says, with what it was asked. */
export async function withAnswers(
  answer: (path: string, count: number) => { status?: number; body?: string },
) {
  const asked: { method: string; path: string; body: string; authorization: string | undefined }[] = [];
  const listener: RequestListener = async (request, response) => {
    const path = (request.url ?? '').replace('/pcs/api', '');
    const { authorization } = request.headers;
    asked.push({ method: request.method ?? '', path, body: await text(request), authorization });
    const count = asked.filter((one) => one.path === path).length;
    const { status = 200, body = '' } = answer(path, count);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
  const server = await serveHttp(listener);
  onTestFinished(() => server.close());
  return { asked, address: `${server.url}/pcs/api`, ...openSession(`${server.url}/pcs/api`) };
}

/** The service's own answer to a good sign-in. */
export const goodToken = (accessToken: string, life: object = { expiresIn: 43_199 }): { body: string } => ({
  body: JSON.stringify({ tokenType: 'Bearer', accessToken, ...life }),
});

/** A signal that nobody aborts. */
export const patience = (): AbortSignal => new AbortController().signal;
