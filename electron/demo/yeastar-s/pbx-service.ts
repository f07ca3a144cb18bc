import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Clock, systemClock } from '../../lib/clock.ts';
import { createPbxAccounts, type PbxAccount } from './pbx-accounts.ts';
import { type PbxAnswer, sendPbxAnswer } from './pbx-answer.ts';
import { createPbxRecords } from './pbx-records.ts';
import { createPbxRoutes, type PbxCall } from './pbx-routes.ts';

export interface PbxServiceOptions {
  /** Who may sign in; `demo` with the password `demo` when left out. */
  readonly account?: PbxAccount;
  /** Of the API; v1.1.0 and v2.0.0 when left out. */
  readonly versions?: readonly string[];
  /** PEM. Left out: plain http. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly clock?: Clock;
  /** Waited before each answer; none when left out. */
  readonly latencyMs?: number;
  /** For each connection; unlimited when left out. */
  readonly bytesPerSecond?: number;
  /** Sees each call with its answer, and may have another one sent. */
  readonly change?: (call: PbxCall, answer: PbxAnswer) => PbxAnswer;
}

export interface PbxService {
  /** The server address to sign in to, `http://127.0.0.1:PORT`. */
  readonly address: string;
  readonly account: PbxAccount;
  /** Forgets every token, as after a restart of the PBX. */
  forgetTokens(): void;
  /** Ends every request, whatever it is doing, and stops listening. */
  close(): Promise<void>;
}

/**
 * An imitation of a Yeastar S-Series PBX on this computer's loopback address, over real HTTP, with a year of sample
 * calls. Its own clock shows UTC. Rejects when it can't listen.
 */
export async function startPbxService(options: PbxServiceOptions = {}): Promise<PbxService> {
  const { account = { name: 'demo', password: 'demo' }, clock = systemClock, tls } = options;
  const accounts = createPbxAccounts(account, clock);
  const routes = createPbxRoutes({
    accounts,
    records: createPbxRecords(() => new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')),
    clock,
    versions: options.versions ?? ['v1.1.0', 'v2.0.0'],
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ending = new AbortController();
    response.once('close', () => ending.abort());
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const call: PbxCall = {
      method: request.method ?? '',
      path,
      query,
      contentType: request.headers['content-type'] ?? '',
      body: await text(request),
      from: request.socket.remoteAddress ?? '',
    };
    const { latencyMs = 0, bytesPerSecond } = options;
    if (latencyMs > 0) await clock.sleep(latencyMs, ending.signal);
    const answer = routes(call);
    const changed = options.change?.(call, answer) ?? answer;
    await sendPbxAnswer(response, changed, { clock, bytesPerSecond }, ending.signal);
  }

  const server = tls ? createTlsServer(tls) : createServer();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // What is thrown here is most likely about a request that was cut off; it ends this connection only.
    handle(request, response).catch(() => response.destroy());
  });
  const port = await listen(server);
  return {
    address: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    account,
    forgetTokens: accounts.forget,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not bound to a port');
  return bound.port;
}
