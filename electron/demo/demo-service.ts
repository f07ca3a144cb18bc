import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Day } from '../contract/calendar.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { type Answer, refusal, sendAnswer } from './answer.ts';
import { createDemoRoutes } from './demo-routes.ts';
import { createDemoTokens, type DemoAccount } from './demo-tokens.ts';
import { createSampleStore } from './sample-store.ts';
import { createSampleYear } from './sample-year.ts';
import { createWorkLane } from './work-lane.ts';

export interface DemoServiceOptions {
  /** The sample year is the 365 days before this UTC day. */
  readonly today: Day;
  /** Who may sign in; `demo` with the password `demo` when left out. */
  readonly account?: DemoAccount;
  /** Waited before each answer; none when left out. */
  readonly latencyMs?: number;
  /** For each connection; unlimited when left out. */
  readonly bytesPerSecond?: number;
  readonly clock?: Clock;
  readonly intercept?: Intercept;
}

export interface DemoService {
  /** The server address to sign in to, `http://127.0.0.1:PORT/pcs/api`. */
  readonly address: string;
  readonly account: DemoAccount;
  /** Ends every request, whatever it is doing, and stops listening. */
  close(): Promise<void>;
}

/** One request in the hands of the service. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborted when the exchange is over: answered, cut off, or closed. */
  readonly over: AbortSignal;
  /** What the service answers. Reads `request.url` and `request.headers` when called. */
  answer(): Promise<Answer>;
  /** Sends an answer as the service would, at its pace. */
  send(answer: Answer): Promise<void>;
}

/** Looks at each request first. True: it was dealt with. False: the service shall answer. */
export type Intercept = (exchange: Exchange) => boolean | Promise<boolean>;

const BASE_PATH = '/pcs/api';

/**
 * An imitation of the Cisco CDR service on this computer's loopback address, over real HTTP, with a year of sample
 * files. Rejects when it can't listen.
 */
export async function startDemoService(options: DemoServiceOptions): Promise<DemoService> {
  const { today, account = { name: 'demo', password: 'demo' }, clock = systemClock } = options;
  const inLane = createWorkLane();
  const year = await createSampleYear(today, inLane);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not bound to a port');
  const address = `http://127.0.0.1:${bound.port}${BASE_PATH}`;
  const routes = createDemoRoutes({
    today,
    address,
    year,
    store: createSampleStore(inLane),
    tokens: createDemoTokens(account, clock),
  });

  const openExchange = (request: IncomingMessage, response: ServerResponse): Exchange => {
    const ending = new AbortController();
    const over = ending.signal;
    response.once('close', () => ending.abort());
    return {
      request,
      response,
      over,
      async answer() {
        await clock.sleep(options.latencyMs ?? 0, over);
        const url = new URL(request.url ?? '/', address);
        if (!url.pathname.startsWith(`${BASE_PATH}/`)) return refusal(404, 'not found');
        return routes({
          method: request.method ?? '',
          path: url.pathname.slice(BASE_PATH.length),
          query: url.searchParams,
          headers: request.headers,
          body: () => text(request),
          over,
        });
      },
      send: (answer) => sendAnswer(response, answer, { clock, bytesPerSecond: options.bytesPerSecond }, over),
    };
  };

  const handle = async (exchange: Exchange): Promise<void> => {
    if (await options.intercept?.(exchange)) return;
    await exchange.send(await exchange.answer());
  };

  server.on('request', (request, response) => {
    // What is thrown here is most likely about a request that was cut off; it ends this connection only.
    handle(openExchange(request, response)).catch(() => response.destroy());
  });

  return {
    address,
    account,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
