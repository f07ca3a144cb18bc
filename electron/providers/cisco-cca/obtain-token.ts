import { z } from 'zod';
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Token } from '../../credentials/token-keeper.ts';
import type { Clock } from '../../lib/clock.ts';
import type { HttpClient } from '../../network/http.ts';
import { TOKEN_PATH, urlBelow } from './endpoints.ts';
import { readJson } from './explain-answer.ts';

/** A token is not used in its last minutes, so that no request is under way when it ends. */
const MARGIN_MS = 5 * 60_000;
const ASSUMED_SECONDS = 30 * 60;

const answer = z.object({
  /** Only what a header can carry; anything else would never get there. */
  accessToken: z.string().regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/),
  expiresIn: z.coerce.number().positive().catch(ASSUMED_SECONDS),
});

export interface ObtainTokenOptions {
  readonly serverAddress: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** Signs in with the account's name and password. The password goes to the server itself and nowhere else. */
export function createObtainToken({ serverAddress, fields, http, clock }: ObtainTokenOptions) {
  const { origin } = new URL(serverAddress);
  return async (signal: AbortSignal): Promise<Result<Token>> => {
    const { accountName = '', accountPassword = '' } = fields;
    if (accountName.trim() === '' || accountPassword === '') {
      return failed(failure('sign-in-refused', 'sign-in: name or password is empty, nothing was sent'));
    }
    const askedAt = clock.now();
    const answered = await http.exchange({
      method: 'POST',
      url: urlBelow(serverAddress, TOKEN_PATH),
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'cache-control': 'no-cache',
      },
      body: JSON.stringify({ accountName: accountName.trim(), accountPassword }),
      trusts: (url) => url.origin === origin,
      signal,
    });
    if (!answered.ok) return answered;
    const json = readJson('sign-in', answered.value, clock.now());
    if (!json.ok) return json;
    const read = answer.safeParse(json.value);
    if (!read.success) return failed(failure('unusable-answer', 'sign-in: no access token'));
    return ok({ value: read.data.accessToken, expiresAt: askedAt + usableMs(read.data.expiresIn) });
  };
}

/** A token that lives for less than twice the margin is used for half its life: without that, never. */
function usableMs(expiresInSeconds: number): number {
  const lifeMs = expiresInSeconds * 1000;
  return lifeMs - Math.min(MARGIN_MS, lifeMs / 2);
}
