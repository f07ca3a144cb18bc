import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { type Answer, bytesAnswer, jsonAnswer } from '../answer.ts';
import { refusal } from './webex-answer.ts';

const ACCESS_SECONDS = 43_199;
const REFRESH_SECONDS = 7_776_000;
const CODE_MS = 10 * 60_000;
const SCOPE = 'spark-admin:calling_cdr_read';

/** How one signs in to the imitation. */
export interface WebexClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the service app. Each use gives another one, and the older one is refused from then on. */
  readonly refreshToken: string;
  readonly personalToken: string;
}

export const sampleClient: WebexClient = {
  clientId: 'sample-integration',
  clientSecret: 'sample-secret',
  refreshToken: 'sample-refresh-token',
  personalToken: 'sample-personal-token',
};

export interface WebexTokens {
  /** Leads back with a code, as if the person had agreed at once. */
  authorize(query: URLSearchParams): Answer;
  /** Answers a form with a code or a refresh token. */
  grant(form: URLSearchParams): Answer;
  /** True for a token that is valid now. */
  accepts(authorization: string | undefined): boolean;
  /** Makes every access token invalid, as an administrator can. */
  revoke(): void;
}

export function createWebexTokens(client: WebexClient, clock: Clock): WebexTokens {
  const codes = new Map<string, { readonly redirect: string; readonly until: number }>();
  const refreshTokens = new Set([client.refreshToken]);
  const accessTokens = new Map([[client.personalToken, clock.now() + ACCESS_SECONDS * 1000]]);

  function hand(): Answer {
    const [access, refresh] = [random(), random()];
    accessTokens.set(access, clock.now() + ACCESS_SECONDS * 1000);
    refreshTokens.add(refresh);
    return jsonAnswer(200, {
      access_token: access,
      expires_in: ACCESS_SECONDS,
      refresh_token: refresh,
      refresh_token_expires_in: REFRESH_SECONDS,
      token_type: 'Bearer',
    });
  }

  return {
    authorize(query) {
      const redirect = query.get('redirect_uri') ?? '';
      const state = query.get('state') ?? '';
      const isLocal = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$)/.test(redirect);
      if (query.get('client_id') !== client.clientId || !isLocal)
        return refusal(400, 'unknown client or redirect');
      const back = new URL(redirect);
      if (query.get('response_type') !== 'code' || query.get('scope') !== SCOPE || state === '') {
        back.searchParams.set('error', 'invalid_request');
      } else {
        const code = random();
        codes.set(code, { redirect, until: clock.now() + CODE_MS });
        back.searchParams.set('code', code);
        back.searchParams.set('state', state);
      }
      return bytesAnswer(302, 'text/plain', Buffer.alloc(0), { location: back.href });
    },

    grant(form) {
      const isClient =
        form.get('client_id') === client.clientId && form.get('client_secret') === client.clientSecret;
      if (!isClient) return refusal(401, 'invalid client');
      if (form.get('grant_type') === 'authorization_code') {
        const code = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const isGood = code && code.redirect === form.get('redirect_uri') && clock.now() < code.until;
        return isGood ? hand() : refusal(400, 'invalid code');
      }
      if (form.get('grant_type') !== 'refresh_token') return refusal(400, 'unsupported grant type');
      // The service repeats what it was sent; none of that may be shown.
      const used = form.get('refresh_token') ?? '';
      return refreshTokens.delete(used) ? hand() : refusal(400, `invalid refresh token ${used}`);
    },

    accepts(authorization) {
      const until = accessTokens.get(authorization?.match(/^Bearer (.+)$/)?.[1] ?? '');
      return until !== undefined && clock.now() < until;
    },

    revoke: () => accessTokens.clear(),
  };
}

const random = (): string => randomBytes(24).toString('base64url');
