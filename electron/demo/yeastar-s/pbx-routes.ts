import type { Clock } from '../../lib/clock.ts';
import type { PbxAccounts } from './pbx-accounts.ts';
import { type PbxAnswer, refusal, success } from './pbx-answer.ts';
import { createPbxRandoms } from './pbx-randoms.ts';
import type { PbxRecords } from './pbx-records.ts';

/** A request as the PBX sees it. */
export interface PbxCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** As it came, behind the `?`. */
  readonly query: string;
  readonly contentType: string;
  readonly body: string;
  /** The address that asks. */
  readonly from: string;
}

export interface PbxRoutesOptions {
  readonly accounts: PbxAccounts;
  readonly records: PbxRecords;
  readonly clock: Clock;
  readonly versions: readonly string[];
}

const timeFormat = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const address = /^\d{1,3}(\.\d{1,3}){3}$/;

/** The answers of an S-Series PBX to the calls of its API that have to do with call records. */
export function createPbxRoutes({ accounts, records, clock, versions }: PbxRoutesOptions) {
  const randoms = createPbxRandoms(clock);
  /** What a version calls the list of extensions. */
  const nameIn = (version: string) => (version === 'v2.0.0' ? 'number' : 'extid');

  function heartbeat({ ipaddr, port }: Readonly<Record<string, unknown>>): PbxAnswer {
    return isText(ipaddr) && isText(port) ? success() : refusal(10004);
  }

  function giveRandom(version: string, body: Readonly<Record<string, unknown>>, token: string, from: string) {
    const { [nameIn(version)]: extensions, starttime, endtime, allowedip } = body;
    if (!isText(extensions) || !isText(starttime) || !isText(endtime)) return refusal(10004);
    if (!timeFormat.test(starttime) || !timeFormat.test(endtime) || starttime > endtime)
      return refusal(20019);
    if (extensions !== 'all' && !extensions.split(',').every(records.isExtension)) return refusal(10006);
    if (isText(allowedip) && !address.test(allowedip)) return refusal(20015);
    const allowed = [from, ...(isText(allowedip) ? [allowedip] : [])];
    const random = randoms.give({ version, extensions, starttime, endtime, token, from: allowed });
    return success({ [nameIn(version)]: extensions, starttime, endtime, random });
  }

  function download(version: string, query: ReadonlyMap<string, string>, from: string): PbxAnswer {
    const refused = accounts.refuse(query.get('token') ?? null);
    if (refused) return refused;
    const [extensions, starttime, endtime] = [nameIn(version), 'starttime', 'endtime'].map((name) =>
      query.get(name),
    );
    const [random, token] = [query.get('random'), query.get('token')];
    if (!extensions || !starttime || !endtime || !random || !token) return refusal(10004);
    if (!timeFormat.test(starttime) || !timeFormat.test(endtime)) return refusal(20019);
    const isGood = randoms.take(random, { version, extensions, starttime, endtime, token, from });
    if (!isGood) return refusal(20020);
    const bytes = records.csv(starttime, endtime, extensions === 'all' ? null : extensions.split(','));
    return bytes ? { kind: 'file', bytes, length: 'none' } : refusal(20021);
  }

  return (call: PbxCall): PbxAnswer => {
    const [, version = '', name = ''] = /^\/api\/(v\d+\.\d+\.\d+)\/([\w/]+)$/.exec(call.path) ?? [];
    const query = readQuery(call.query);
    if (!['login', 'logout', 'heartbeat', 'cdr/get_random', 'cdr/download'].includes(name)) {
      return { kind: 'page', status: 404 };
    }
    if (!versions.includes(version)) return refusal(10003);
    if (name === 'cdr/download') return download(version, query, call.from);
    if (call.method !== 'POST') return refusal(20001);
    const body = /^application\/json\b/i.test(call.contentType) ? readObject(call.body) : null;
    if (!body) return refusal(20000);
    if (name === 'login') return accounts.signIn(body, call.from, version === 'v1.1.0');
    const token = query.get('token') ?? null;
    const refused = accounts.refuse(token);
    if (refused || token === null) return refused ?? refusal(20005);
    if (name === 'heartbeat') return heartbeat(body);
    if (name === 'cdr/get_random') return giveRandom(version, body, token, call.from);
    accounts.signOut(token);
    return success();
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function readObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** A `+` stands for itself: this PBX knows blanks as `%20` only. */
function readQuery(query: string): ReadonlyMap<string, string> {
  return new Map(
    query.split('&').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), decode(pair.slice(at + 1))];
    }),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
