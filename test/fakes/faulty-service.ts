import type { Socket } from 'node:net';
import {
  type DemoService,
  type DemoServiceOptions,
  type Exchange,
  startDemoService,
} from '../../electron/demo/demo-service.ts';
import { systemClock } from '../../electron/lib/clock.ts';
import { actOutFault } from './act-out-fault.ts';
import type { Faults } from './fault.ts';

export interface FaultyServiceOptions extends Omit<DemoServiceOptions, 'intercept'> {
  readonly faults?: Faults;
}

/** What arrived, for a test to look at. */
export interface SeenRequest {
  readonly method: string;
  /** Below the server address, still percent-encoded. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Lower-case names; repeated ones joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** By the service's clock, milliseconds since 1970. */
  readonly at: number;
  /** The status that was sent; null while none was. */
  readonly status: number | null;
}

/** The demo service with a switch for each of its faults, and a record of what it was asked. */
export interface FaultyService extends DemoService {
  /** The last 10,000 requests, the oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Sockets open now, and the most that were open at once. */
  readonly openConnections: number;
  readonly maxConnections: number;
  /** The most requests that were being answered at once. */
  readonly maxRequestsAtOnce: number;
  /** Faults from now on; null for none. */
  setFaults(faults: Faults | null): void;
  /** Lets every stalled answer go on. */
  release(): void;
  /** Answers 401 to every token it gave out so far. */
  revokeTokens(): void;
}

const REQUESTS_KEPT = 10_000;
const BASE_PATH = '/pcs/api';

export async function startFaultyService(options: FaultyServiceOptions): Promise<FaultyService> {
  const clock = options.clock ?? systemClock;
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const tries = new Map<string, number>();
  const givenOut = new Set<string>();
  const revoked = new Set<string>();
  const releases = new Set<() => void>();
  let faults: Faults | null = options.faults ?? null;
  let maxConnections = 0;
  let atOnce = 0;
  let maxAtOnce = 0;

  const released = (over: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (over.aborted) return resolve();
      releases.add(resolve);
      over.addEventListener('abort', () => {
        releases.delete(resolve);
        resolve();
      });
    });

  const watch = ({ request, response }: Exchange, path: string, query: string): void => {
    const seen: SeenRequest = {
      method: request.method ?? '',
      path,
      query,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
      ),
      at: clock.now(),
      get status() {
        return response.headersSent ? response.statusCode : null;
      },
    };
    requests.push(seen);
    if (requests.length > REQUESTS_KEPT) requests.shift();
    atOnce += 1;
    maxAtOnce = Math.max(maxAtOnce, atOnce);
    response.once('close', () => {
      atOnce -= 1;
    });
    if (sockets.has(request.socket)) return;
    sockets.add(request.socket);
    maxConnections = Math.max(maxConnections, sockets.size);
    request.socket.once('close', () => sockets.delete(request.socket));
  };

  const rememberToken = async (exchange: Exchange): Promise<void> => {
    const answer = await exchange.answer();
    const given: { accessToken?: string } = JSON.parse(answer.body.toString());
    if (given.accessToken !== undefined) givenOut.add(`Bearer ${given.accessToken}`);
    await exchange.send(answer);
  };

  const intercept = async (exchange: Exchange): Promise<boolean> => {
    const { request } = exchange;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.replace(BASE_PATH, '');
    watch(exchange, path, url.search.slice(1));
    const what = `${request.method} ${path}`;
    const before = tries.get(what) ?? 0;
    tries.set(what, before + 1);
    const fault = faults?.({
      method: request.method ?? '',
      path,
      query: url.searchParams,
      headers: request.headers,
      tries: before,
    });
    if (fault) await actOutFault(fault, exchange, { clock, released });
    else if (path === '/v1/oauth/token') await rememberToken(exchange);
    else if (revoked.has(request.headers.authorization ?? '')) {
      await actOutFault({ kind: 'status', status: 401 }, exchange, { clock, released });
    } else return false;
    return true;
  };

  const service = await startDemoService({ ...options, intercept });
  return {
    ...service,
    requests,
    get openConnections() {
      return sockets.size;
    },
    get maxConnections() {
      return maxConnections;
    },
    get maxRequestsAtOnce() {
      return maxAtOnce;
    },
    setFaults(next) {
      faults = next;
    },
    release() {
      for (const go of releases) go();
      releases.clear();
    },
    revokeTokens() {
      for (const token of givenOut) revoked.add(token);
    },
  };
}
