import { failed, type Result } from '../../contract/result.ts';
import type { TokenKeeper } from '../../credentials/token-keeper.ts';
import type { Clock } from '../../lib/clock.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../network/http.ts';
import type { Call } from './endpoints.ts';
import { readJson } from './explain-answer.ts';

export interface AskOptions {
  readonly http: HttpClient;
  readonly tokens: TokenKeeper;
  readonly trusts: HttpRequest['trusts'];
  readonly clock: Clock;
}

/** Asks the service for JSON in the account's name. A 401 gets one new token and one more try. */
export function createAsk({ http, tokens, trusts, clock }: AskOptions) {
  async function once(url: string, signal: AbortSignal): Promise<Result<HttpAnswer>> {
    const token = await tokens.get(signal);
    if (!token.ok) return token;
    const answer = await http.exchange({ ...jsonRequest(url, token.value.value), trusts, signal });
    if (answer.ok && answer.value.status === 401) tokens.refused(token.value.value);
    return answer;
  }

  return async (call: Call, url: string, signal: AbortSignal): Promise<Result<unknown>> => {
    let answer = await once(url, signal);
    if (answer.ok && answer.value.status === 401) answer = await once(url, signal);
    return answer.ok ? readJson(call, answer.value, clock.now()) : failed(answer.failure);
  };
}

const jsonRequest = (url: string, token: string) =>
  ({
    method: 'GET',
    url,
    headers: { ...commonHeaders(token), accept: 'application/json' },
  }) as const;

/** What the service's documentation shows on every request but the sign-in. */
export const commonHeaders = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'cache-control': 'no-cache',
});
