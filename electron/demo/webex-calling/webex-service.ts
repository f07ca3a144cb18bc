import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Clock } from '../../lib/clock.ts';
import { type Answer, sendAnswer } from '../answer.ts';
import { type Leg, sampleLegs } from './sample-legs.ts';
import { refusal } from './webex-answer.ts';
import { createWebexFeed, type FeedLimits, usualLimits } from './webex-feed.ts';
import { createWebexTokens, sampleClient, type WebexClient } from './webex-tokens.ts';

/** One request that came. */
export interface WebexCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** When it came, by the service's clock. */
  readonly at: number;
  /** True for one to the host of the other region. */
  readonly isElsewhere: boolean;
  readonly authorization: string | undefined;
}

export interface WebexServiceOptions {
  readonly clock: Clock;
  readonly client?: WebexClient;
  readonly limits?: Partial<FeedLimits>;
  readonly legs?: (from: number, to: number) => readonly Leg[];
  readonly repeats?: number;
  readonly emptyFirst?: boolean;
  /** The records lie at the second address; the first one answers 451 and says so. */
  readonly isElsewhere?: boolean;
  /** Looks at each request for records that is signed in; what it answers is sent in place of records. */
  readonly intercept?: (call: WebexCall) => Answer | null | Promise<Answer | null>;
}

export interface WebexService {
  /** The server address, `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Of the other region. */
  readonly elsewhere: string;
  /** What `signInAddress` has to be. */
  readonly signInAddress: string;
  readonly client: WebexClient;
  /** Every request so far, in order. */
  readonly calls: readonly WebexCall[];
  /** Makes every access token invalid. */
  revoke(): void;
  close(): Promise<void>;
}

/**
 * An imitation of Webex Calling's detailed call history on this computer, over real HTTP, as strict as the real one: it
 * checks tokens, rates and windows by the given clock. Rejects when it can't listen.
 */
export async function startWebexService(options: WebexServiceOptions): Promise<WebexService> {
  const { clock, client = sampleClient, intercept, isElsewhere = false } = options;
  const tokens = createWebexTokens(client, clock);
  const feed = createWebexFeed({
    clock,
    limits: { ...usualLimits, ...options.limits },
    legs: options.legs ?? sampleLegs,
    repeats: options.repeats ?? 0,
    emptyFirst: options.emptyFirst ?? false,
  });
  const calls: WebexCall[] = [];
  const [here, there] = await Promise.all([listen(), listen()]);

  async function answer(request: IncomingMessage, call: WebexCall): Promise<Answer> {
    const { method, path, query } = call;
    if (method === 'GET' && path === '/v1/authorize') return tokens.authorize(query);
    if (method === 'POST' && path === '/v1/access_token') {
      return tokens.grant(new URLSearchParams(await text(request)));
    }
    if (method !== 'GET' || path !== '/v1/cdr_feed') return refusal(404, 'not found');
    if (!tokens.accepts(call.authorization)) return refusal(401, 'The request requires a valid access token');
    const other = await intercept?.(call);
    if (other) return other;
    if (isElsewhere && !call.isElsewhere) {
      return refusal(451, `The records are in another region. Please use ${new URL(there.address).host}`);
    }
    return feed(query, call.isElsewhere ? there.address : here.address);
  }

  async function handle(request: IncomingMessage, response: ServerResponse, isThere: boolean): Promise<void> {
    const over = new AbortController();
    response.once('close', () => over.abort());
    const url = new URL(request.url ?? '/', here.address);
    const call: WebexCall = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      at: clock.now(),
      isElsewhere: isThere,
      authorization: request.headers.authorization,
    };
    calls.push(call);
    const { headers, ...rest } = await answer(request, call);
    const date = new Date(clock.now()).toUTCString();
    await sendAnswer(response, { ...rest, headers: { date, ...headers } }, { clock }, over.signal);
  }

  for (const one of [here, there]) {
    one.server.on('request', (request, response) => {
      // What is thrown here is most likely about a request that was cut off.
      handle(request, response, one === there).catch(() => response.destroy());
    });
  }

  return {
    address: here.address,
    elsewhere: there.address,
    signInAddress: `${here.address}/v1`,
    client,
    calls,
    revoke: () => tokens.revoke(),
    async close() {
      await Promise.all([here, there].map(({ server }) => stop(server)));
    },
  };
}

async function listen(): Promise<{ readonly server: Server; readonly address: string }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not bound to a port');
  return { server, address: `http://127.0.0.1:${bound.port}` };
}

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
