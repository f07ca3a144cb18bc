/** The calls of the API, in the account's name. The token is in the query string, so nothing here tells an address. */
import { ok, type Result } from '../../contract/result.ts';
import { createTokenKeeper, type Token } from '../../credentials/token-keeper.ts';
import type { Clock } from '../../lib/clock.ts';
import type { AnswerHead, BodySink, HttpAnswer, HttpClient, HttpRequest } from '../../network/http.ts';
import { type ApiVersion, versionsFor } from './api-version.ts';
import { type LinkValues, queryOf } from './link.ts';
import type { PbxGate } from './pbx-gate.ts';
import { createSignIn } from './sign-in.ts';

/** A PBX works out the records before it answers (spec 8.12). Milliseconds. */
const patience = { headersTimeout: 120_000, idleTimeout: 60_000 };

export interface ApiOptions {
  readonly serverAddress: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly gate: PbxGate;
}

/** How a link is asked for. */
export interface LinkForm {
  readonly method: 'GET' | 'POST';
  readonly spelling: 'plain' | 'encoded';
  readonly extensionsName: string;
}

export interface Api {
  /** A token that is valid now, with the version of the API that it is for. */
  token(signal: AbortSignal): Promise<Result<{ readonly token: string; readonly version: ApiVersion }>>;
  /** The PBX does not know this token any more. */
  tokenRefused(token: string): void;
  post(path: string, token: string, body: unknown, signal: AbortSignal): Promise<Result<HttpAnswer>>;
  download(
    values: LinkValues,
    form: LinkForm,
    open: (head: AnswerHead) => BodySink,
    signal: AbortSignal,
  ): Promise<Result<AnswerHead>>;
  /** Gives the token back, if there is one. Whether that works makes no difference to anybody. */
  signOut(signal: AbortSignal): Promise<void>;
}

const jsonHeaders = { accept: 'application/json', 'content-type': 'application/json; charset=utf-8' };

export function createApi({ serverAddress, fields, http, clock, gate }: ApiOptions): Api {
  const candidates = versionsFor(fields);
  /** The one that has answered; it stays for the whole session (spec 8.3). */
  let found: ApiVersion | null = null;
  let current: Token | null = null;

  const below = (version: ApiVersion, path: string) => `${serverAddress}${version.path}/${path}`;
  const postTo = (url: string, body: unknown, signal: AbortSignal) =>
    http.exchange({
      method: 'POST',
      url,
      headers: jsonHeaders,
      body: JSON.stringify(body),
      ...onlyTo(url),
      signal,
    });

  const signIn = createSignIn({
    fields,
    versions: () => (found ? [found] : candidates),
    post: (version, body, signal) => postTo(below(version, 'login'), body, signal),
    isKnown: () => found !== null,
    onVersion: (version) => {
      found = version;
    },
    gate,
    clock,
  });
  const tokens = createTokenKeeper({ obtain: signIn, clock });
  const versionNow = () => found ?? candidates[0];
  const post: Api['post'] = (path, token, body, signal) =>
    postTo(`${below(versionNow(), path)}?token=${encodeURIComponent(token)}`, body, signal);

  return {
    async token(signal) {
      const token = await tokens.get(signal);
      if (!token.ok) return token;
      current = token.value;
      return ok({ token: token.value.value, version: versionNow() });
    },

    tokenRefused: (token) => tokens.refused(token),

    post,

    download(values, { method, spelling, extensionsName }, open, signal) {
      const url = `${below(versionNow(), 'cdr/download')}?${queryOf(extensionsName, values, spelling)}`;
      const how = method === 'POST' ? { headers: jsonHeaders, body: '{}' } : { headers: { accept: '*/*' } };
      return http.stream({ method, url, ...how, ...patience, ...onlyTo(url), signal }, open);
    },

    async signOut(signal) {
      const token = current?.value;
      if (token === undefined || signal.aborted) return;
      current = null;
      tokens.refused(token);
      await post('logout', token, {}, signal);
    },
  };
}

/** No redirect is followed: the address holds all that it takes to get the file (spec 8.5). */
function onlyTo(address: string): Pick<HttpRequest, 'trusts'> {
  const { href } = new URL(address);
  return { trusts: (url) => url.href === href };
}
