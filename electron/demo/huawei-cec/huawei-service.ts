/** An imitation of Huawei's file server CC-FS on this computer's loopback address, as strict as its documentation. */
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../lib/clock.ts';
import { type Answer, bytesAnswer, sendAnswer } from '../answer.ts';
import { createBillJobs } from './bill-jobs.ts';
import { type MsgBody, readBody, readName, readQuery } from './bill-requests.ts';
import { type Accepts, signedBy, usualSignature } from './check-signature.ts';
import { createRuleWatch } from './rule-watch.ts';
import { makeBill, type Owner } from './sample-bills.ts';
import { createWallClock } from './wall-clock.ts';

export type Call = 'queryBillData' | 'downloadBillFile';

export interface HuaweiServiceOptions {
  readonly clock: Clock;
  /** Whose data these are, and the secret key to the access key. */
  readonly owner?: Owner & { readonly secretKey: string };
  readonly accepts?: Accepts;
  /** Whose days file names have (IANA); UTC when left out. */
  readonly nameZone?: string;
  /** Milliseconds that a file takes to be made; 20 s when left out. */
  readonly makingMs?: number;
  readonly callbackWanted?: boolean;
  /** Whose clock the times of queries are meant by (IANA), and those in tables, where these differ; UTC when left out. */
  readonly timesZone?: string;
  readonly rowsZone?: string;
  /** True: the end of a span does not belong to it. Nobody says whether it does. */
  readonly endExcluded?: boolean;
  /** The beginnings of further calls (milliseconds since 1970, UTC). */
  readonly moreCalls?: readonly number[];
  /** How many calls of a kind it stands in a minute; any number of those that are left out. */
  readonly mostInMinute?: Partial<Record<Call, number>>;
  /** False: closing is no failure where a client has broken rules that a real server might put up with. */
  readonly strict?: boolean;
  /** How far its clock is ahead at a time of `clock`, milliseconds; never when left out. */
  readonly aheadMs?: (now: number) => number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The answer to the `count`th call of its kind, from 1; `cut-off` for none at all. Null: as it should be. */
  readonly intercept?: (call: Call, count: number, as: () => Answer) => Answer | 'cut-off' | null;
}

export interface HuaweiService {
  /** Host and port with their scheme. */
  readonly address: string;
  readonly owner: Owner & { readonly secretKey: string };
  /** Calls that were accepted, and requests that were not, in order. */
  readonly calls: readonly { readonly call: Call; readonly msgBody: MsgBody }[];
  readonly refusals: number;
  /** Names of all files that it was asked to make. */
  readonly names: readonly string[];
  /** Deletes every file. */
  forget(): void;
  /** Rejects where a client has not kept to the rules (rule-watch.ts). */
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const limitCodes = { queryBillData: '0300009', downloadBillFile: '0300008' } as const;

const BASE_PATH = '/CCFS/resource/ccfs';
const sampleOwner = { accessKey: 'demo-ak', secretKey: 'demo-sk', accountId: '180821101516' };

const words: Readonly<Record<string, string>> = {
  '0': 'success',
  '0300001': 'The parameter is null.',
  '0300002': 'The parameter is empty.',
  '0300008': 'The download flow limit is reached.',
  '0300009': 'The query flow limit is reached.',
  '0300011': 'The file does not exist.',
  '0300012': 'No data is found.',
};

/** An error comes with the type of a file at times, and always with status 200. */
export function resultAnswer(code: string, resultData: unknown = {}): Answer {
  const text = words[code] ?? 'The request is refused.';
  const old = { version: '2.0', resultCode: code, resultMsg: text };
  const body = JSON.stringify({ resultCode: code, resultDesc: text, resultData, response: old });
  const type = code === '0' ? 'application/json;charset=UTF-8' : 'Application/Octet-stream;charset=UTF-8';
  return bytesAnswer(200, type, Buffer.from(body));
}

const callAt = (path: string | undefined): Call | undefined =>
  (['queryBillData', 'downloadBillFile'] as const).find((name) => path === `${BASE_PATH}/${name}`);

const unauthorised = bytesAnswer(401, 'application/json', Buffer.from('{}'));
const notFound = bytesAnswer(404, 'text/html', Buffer.from('<html><body>404</body></html>'));

/** Rejects when it can't listen. */
export async function startHuaweiService(options: HuaweiServiceOptions): Promise<HuaweiService> {
  const {
    clock,
    owner = sampleOwner,
    accepts = usualSignature,
    nameZone = 'UTC',
    makingMs = 20_000,
    aheadMs = () => 0,
    timesZone = 'UTC',
    rowsZone = timesZone,
    endExcluded = false,
    moreCalls = [],
    mostInMinute = {},
    strict = true,
  } = options;
  const now = () => clock.now() + aheadMs(clock.now());
  const watch = createRuleWatch();
  const wall = createWallClock(timesZone);
  const { show } = createWallClock(rowsZone);
  const jobs = createBillJobs({ now, makingMs, nameZone });
  const calls: { call: Call; msgBody: MsgBody }[] = [];
  const counts = { queryBillData: 0, downloadBillFile: 0 };
  const times: Record<Call, number[]> = { queryBillData: [], downloadBillFile: [] };
  let refusals = 0;

  /** Whether a call is one too many in its minute. */
  function isTooMuch(call: Call): boolean {
    const recent = times[call].filter((at) => at > now() - MINUTE_MS);
    const isOver = recent.length >= (mostInMinute[call] ?? Number.POSITIVE_INFINITY);
    times[call] = isOver ? recent : [...recent, now()];
    return isOver;
  }

  function query(msgBody: MsgBody): Answer {
    const { callbackWanted = false } = options;
    const asked = readQuery(msgBody, { callbackWanted, accountId: owner.accountId });
    if (!asked.ok) return resultAnswer(asked.failure);
    const askedAt = now();
    const stamp = `${new Date(askedAt).toISOString().replace(/\D/g, '')}042`;
    const begin = wall.momentOf(asked.value.begin);
    const end = wall.momentOf(asked.value.end) - (endExcluded ? 1 : 0);
    const make = () => makeBill({ ...asked.value, begin, end }, owner, askedAt, stamp, { show, moreCalls });
    if (!make()) return resultAnswer('0300012');
    return resultAnswer('0', { responseId: jobs.begin(owner.accessKey, make) });
  }

  function download(msgBody: MsgBody): Answer {
    const asked = readName(msgBody);
    if (!asked.ok) return resultAnswer(asked.failure, '');
    const content = jobs.find(owner.accessKey, asked.value)?.();
    return content
      ? bytesAnswer(200, 'Application/Octet-stream;charset=UTF-8', content)
      : resultAnswer('0300011', '');
  }

  const listener: RequestListener = async (request, response) => {
    const call = callAt(request.url);
    if (call) {
      watch.begin(call, request.headers);
      response.once('close', () => watch.end(call));
    }
    const body = await buffer(request).catch(() => null);
    if (!body) return;
    if (call) await watch.answer(call);
    const answer = answerTo(
      { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body },
      request.headers['transfer-encoding'] !== undefined,
    );
    if (answer === 'cut-off') response.destroy();
    else await send(response, answer);
  };

  function answerTo(request: Parameters<typeof signedBy>[0], isChunked: boolean): Answer | 'cut-off' {
    const call = callAt(request.path);
    if (!call || request.method !== 'POST' || isChunked) return notFound;
    const secretOf = (key: string) => (key === owner.accessKey ? owner.secretKey : undefined);
    if (signedBy(request, secretOf, accepts, now()) === null) {
      refusals += 1;
      return unauthorised;
    }
    const read = readBody(request.body);
    if (!read.ok) return resultAnswer(read.failure);
    const msgBody = read.value;
    calls.push({ call, msgBody });
    counts[call] += 1;
    const asIs = () => {
      if (isTooMuch(call)) return resultAnswer(limitCodes[call], '');
      return call === 'queryBillData' ? query(msgBody) : download(msgBody);
    };
    return options.intercept?.(call, counts[call], asIs) ?? asIs();
  }

  async function send(response: ServerResponse, answer: Answer): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const headers = { ...answer.headers, date: new Date(now()).toUTCString() };
    await sendAnswer(response, { ...answer, headers }, { clock }, gone.signal);
  }

  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not bound to a port');

  return {
    address: `${options.tls ? 'https' : 'http'}://127.0.0.1:${bound.port}`,
    owner,
    calls,
    get refusals() {
      return refusals;
    },
    get names() {
      return jobs.names;
    },
    forget: jobs.forget,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      if (strict && watch.broken.length > 0) throw new Error(`rules were broken: ${watch.broken.join('; ')}`);
    },
  };
}
