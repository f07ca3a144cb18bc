/** Access tokens: by agreeing in the browser, by a refresh token, or one that a person has typed (spec 3, 8.21). */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Token } from '../../credentials/token-keeper.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import { withGrace } from '../../lib/with-grace.ts';
import { readServerAddress } from '../../network/server-address.ts';
import type { SessionOptions } from '../provider.ts';
import { SCOPE, SIGN_IN_ADDRESS, ways } from './declaration.ts';
import { isOwnRefusal, lineOf, readSaid } from './explain-answer.ts';
import type { ServerTime } from './server-time.ts';
import { parseJson, queryOf } from './wire.ts';

/** A token is renewed when a tenth of its life is left, but not in its last five minutes. */
const MARGIN_SHARE = 0.1;
const LEAST_MARGIN_MS = 5 * 60_000;
/** A renewal that was stopped still has so long to be answered. */
const GRACE_MS = 10_000;

/** Only what a header can carry; anything else would never get there. */
const headerText = z.string().regex(/^[\x21-\x7e]+$/);
const grantSchema = z.object({
  access_token: headerText,
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1).optional().catch(undefined),
  refresh_token_expires_in: z.coerce.number().positive().optional().catch(undefined),
});

export interface Grants {
  /** A new access token. Failure `sign-in-refused` when only a person can get one. */
  obtain(signal: AbortSignal): Promise<Result<Token>>;
  /** When the refresh token ends, which using it puts off; null: nobody has said. Milliseconds since 1970, UTC. */
  endsAt(): number | null;
  /** True where a person can agree in the browser. */
  readonly canAsk: boolean;
  /** Has a person agree; the next `obtain` answers with what came of it. */
  consent(signal: AbortSignal): Promise<Result<null>>;
}

export interface GrantsOptions
  extends Pick<SessionOptions, 'fields' | 'http' | 'clock' | 'remember' | 'browser'> {
  readonly time: ServerTime;
}

export function createGrants({ fields, http, clock, remember, browser, time }: GrantsOptions): Grants {
  const typed = (id: string) => fields[id]?.trim() ?? '';
  const way = typed('way') || ways.browser;
  const [clientId, clientSecret] = [typed('clientId'), typed('clientSecret')];
  const address = readServerAddress(typed('signInAddress'), SIGN_IN_ADDRESS);
  let refreshToken = typed('refreshToken');
  let refreshTokenEndsAt = Number(typed('refreshTokenEndsAt')) || null;
  /** What agreeing in the browser gave, until it is first asked for. */
  let agreed: Token | null = null;
  let handedOut = false;

  async function ask(form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Result<Token>> {
    if (!address.ok) return address;
    const { origin } = new URL(address.value);
    const askedAt = clock.now();
    const answered = await http.exchange({
      method: 'POST',
      url: `${address.value}/access_token`,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...form, client_id: clientId, client_secret: clientSecret }).toString(),
      trusts: (url) => url.origin === origin,
      signal,
    });
    if (!answered.ok) return answered;
    const answer = answered.value;
    if (answer.status !== 200) {
      const { status } = answer;
      const said = readSaid(answer.text);
      const detail = lineOf('sign-in', answer, said.trackingId);
      if (isOwnRefusal(status, said)) time.heard(answer.headers.date);
      // A proxy that answers in the service's place must not cost the kept sign-in (spec 8.21).
      const isRefused =
        [400, 401].includes(status) && (isOwnRefusal(status, said) || isOauthError(answer.text));
      if (isRefused) return failed(failure('sign-in-refused', detail, { status }));
      const waitMs = retryAfterMs(answer.headers['retry-after'], clock.now());
      const code =
        status === 429 ? 'too-many-connections' : status >= 500 ? 'service-down' : 'unexpected-status';
      return failed(failure(code, detail, { status, ...(waitMs !== undefined && { retryAfterMs: waitMs }) }));
    }
    const grant = grantSchema.safeParse(parseJson(answer.text));
    if (!grant.success) return failed(failure('unusable-answer', 'sign-in: no usable access token'));
    time.heard(answer.headers.date);
    const { access_token: value, expires_in: seconds, refresh_token: newer = refreshToken } = grant.data;
    const endsIn = grant.data.refresh_token_expires_in;
    const isNew = newer !== refreshToken;
    refreshToken = newer;
    if (endsIn !== undefined) refreshTokenEndsAt = askedAt + endsIn * 1000;
    if (isNew || endsIn !== undefined) {
      // Before the new access token is used: the older refresh token may not work any more.
      await remember?.({
        refreshToken,
        ...(refreshTokenEndsAt !== null && { refreshTokenEndsAt: String(refreshTokenEndsAt) }),
      });
    }
    return ok({ value, expiresAt: askedAt + usableMs(seconds * 1000) });
  }

  function obtainTyped(): Result<Token> {
    const value = headerText.safeParse(typed('accessToken'));
    if (!value.success) return refused('the access token is empty or cannot be one, nothing was sent');
    if (handedOut) return refused('the personal access token was refused; it works for 12 hours', 401);
    handedOut = true;
    return ok({ value: value.data, expiresAt: Number.POSITIVE_INFINITY });
  }

  return {
    async obtain(signal) {
      if (way === ways.token) return obtainTyped();
      if (clientId === '' || clientSecret === '')
        return refused('client id or secret is empty, nothing was sent');
      if (agreed) {
        const token = agreed;
        agreed = null;
        return ok(token);
      }
      if (refreshToken === '') return refused('there is no refresh token, nothing was sent');
      if (signal.aborted) return failed(failure('cancelled', 'stopped before the token was renewed'));
      // The answer may hold the only refresh token that is still good, whether or not somebody still waits for it.
      return withGrace({ signal, ms: GRACE_MS, clock }, (still) =>
        ask({ grant_type: 'refresh_token', refresh_token: refreshToken }, still),
      );
    },

    endsAt: () => (way === ways.token ? null : refreshTokenEndsAt),

    canAsk: way === ways.browser && browser !== undefined && clientId !== '' && clientSecret !== '',

    async consent(signal) {
      if (!address.ok) return address;
      if (!browser) return failed(failure('consent-refused', 'there is no browser'));
      const state = randomBytes(24).toString('base64url');
      const came = await browser((redirect) => {
        const query = {
          response_type: 'code',
          client_id: clientId,
          redirect_uri: redirect,
          scope: SCOPE,
          state,
        };
        return `${address.value}/authorize?${queryOf(query)}`;
      }, signal);
      if (!came.ok) return came;
      const { query, redirect } = came.value;
      if (query.get('state') !== state) return consentRefused('the state that came back is not the one sent');
      const error = query.get('error');
      if (error !== null) return consentRefused(/^[\w-]{1,50}$/.test(error) ? error : 'refused');
      const code = query.get('code') ?? '';
      if (code === '') return consentRefused('no code came back');
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirect };
      const token = await ask(form, signal);
      if (!token.ok) return token;
      agreed = token.value;
      return ok(null);
    },
  };
}

const refused = (detail: string, status?: number) =>
  failed(failure('sign-in-refused', `sign-in: ${detail}`, status === undefined ? {} : { status }));
const consentRefused = (detail: string) => failed(failure('consent-refused', `sign-in: ${detail}`));

/** A life that is shorter than twice the margin is used by half: without that, never. */
const usableMs = (lifeMs: number): number =>
  lifeMs - Math.min(Math.max(lifeMs * MARGIN_SHARE, LEAST_MARGIN_MS), lifeMs / 2);

/** RFC 6749, section 5.2. */
const isOauthError = (text: string): boolean =>
  z.object({ error: z.string() }).safeParse(parseJson(text)).success;
