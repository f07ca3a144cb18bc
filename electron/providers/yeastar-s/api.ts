/** The calls of the API, in the account's name. The token is in the query string, so nothing here tells an address. */
import { ok, type Result } from '../../contract/result.ts';
import { createTokenKeeper, type Token } from '../../credentials/token-keeper.ts';
import type { Clock } from '../../lib/clock.ts';
import type { AnswerHead, BodySink, HttpAnswer, HttpClient, HttpRequest } from '../../network/http.ts';
import { type ApiVersion, versionsFor } from './api-version.ts';
import { type LinkValues, queryOf } from './link.ts';
import type { PbxGate } from './pbx-gate.ts';
import { createSignIn } from './sign-in.ts';

/** A PBX works out the records before it answers, to either request (spec 8.12). Milliseconds. */
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
  /** A random string for a download. */
  random(token: string, body: unknown, signal: AbortSignal): Promise<Result<HttpAnswer>>;
  download(
    values: LinkValues,
    form: LinkForm,
    open: (head: AnswerHead) => BodySink,
    signal: AbortSignal,
  ): Promise<Result<AnswerHead>>;
  /**
   * Gives the token back, if there is one, though `stop` may be aborted already: that only ends the wait for it. Whether it
   * works makes no difference to anybody.
   */
  signOut(stop: AbortSignal): Promise<void>;
}

/** For giving a token back, which nobody needs. */
const SIGN_OUT_MS = 3000;
/** Whoever stops a file, or ends the program, waits no longer; on a network at hand, it is done by then. */
const STOP_WAITS_MS = 250;

const jsonHeaders = { accept: 'application/json', 'content-type': 'application/json; charset=utf-8' };

export function createApi({ serverAddress, fields, http, clock, gate }: ApiOptions): Api {
  const candidates = versionsFor(fields);
  /** The one that has answered; it stays for the whole session (spec 8.3). */
  let found: ApiVersion | null = null;
  let current: Token | null = null;

  const below = (version: ApiVersion, path: string) => `${serverAddress}${version.path}/${path}`;
  const postTo = (
    url: string,
    body: unknown,
    signal: AbortSignal,
    more: Pick<HttpRequest, 'headersTimeout' | 'idleTimeout'> = {},
  ) =>
    http.exchange({
      method: 'POST',
      url,
      headers: jsonHeaders,
      body: JSON.stringify(body),
      ...onlyTo(url),
      ...more,
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
  const addressOf = (path: string, token: string) =>
    `${below(versionNow(), path)}?token=${encodeURIComponent(token)}`;

  async function giveBack(token: string): Promise<void> {
    const limit = new AbortController();
    const over = new AbortController();
    void clock.sleep(SIGN_OUT_MS, over.signal).then(() => limit.abort());
    await postTo(addressOf('logout', token), {}, limit.signal);
    over.abort();
  }

  return {
    async token(signal) {
      const token = await tokens.get(signal);
      if (!token.ok) return token;
      current = token.value;
      return ok({ token: token.value.value, version: versionNow() });
    },

    tokenRefused: (token) => tokens.refused(token),

    random: (token, body, signal) => postTo(addressOf('cdr/get_random', token), body, signal, patience),

    download(values, { method, spelling, extensionsName }, open, signal) {
      const url = `${below(versionNow(), 'cdr/download')}?${queryOf(extensionsName, values, spelling)}`;
      const how = method === 'POST' ? { headers: jsonHeaders, body: '{}' } : { headers: { accept: '*/*' } };
      return http.stream({ method, url, ...how, ...patience, ...onlyTo(url), signal }, open);
    },

    async signOut(stop) {
      const token = current?.value;
      if (token === undefined) return;
      current = null;
      tokens.refused(token);
      const over = new AbortController();
      const givenBack = giveBack(token).finally(() => over.abort());
      await Promise.race([
        givenBack,
        stopped(stop, over.signal).then(() => clock.sleep(STOP_WAITS_MS, over.signal)),
      ]);
    },
  };
}

/** Resolves when `stop` is aborted, unless it is `over` before. */
const stopped = (stop: AbortSignal, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve(), { once: true, signal: over });
  });

/**
 * No redirect is followed: the address holds all that it takes to get the file (spec 8.5). And a random string is good for
 * the computer alone that asked for it, so there is no proxy on the way to a PBX in the network at hand (spec 8.10).
 */
function onlyTo(address: string): Pick<HttpRequest, 'trusts' | 'directIfPrivate'> {
  const { href } = new URL(address);
  return { trusts: (url) => url.href === href, directIfPrivate: true };
}
