import { createHash } from 'node:crypto';
import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Token } from '../../credentials/token-keeper.ts';
import type { Clock } from '../../lib/clock.ts';
import type { HttpAnswer } from '../../network/http.ts';
import type { ApiVersion } from './api-version.ts';
import { errnoFailure, isLocked, isNoSuchRequest, isWrongPassword } from './errno.ts';
import type { PbxGate } from './pbx-gate.ts';
import { readAnswer, statusFailure, textIn } from './read-answer.ts';

/** A token dies after 30 minutes without use; this one is replaced before (spec 8.6). */
const TOKEN_MS = 20 * 60_000;

/** Nothing listens there: without an address, the PBX's reports of events go nowhere (spec 8.2). */
const EVENT_PORT = '8260';

export interface SignInOptions {
  readonly fields: Readonly<Record<string, string>>;
  /** To try in order, until one of them is answered. */
  readonly versions: () => readonly ApiVersion[];
  readonly post: (version: ApiVersion, body: unknown, signal: AbortSignal) => Promise<Result<HttpAnswer>>;
  /** Whether the PBX has answered before: then it only is not ready, and does not lack what it had. */
  readonly isKnown: () => boolean;
  /** Told which version has answered. */
  readonly onVersion: (version: ApiVersion) => void;
  readonly gate: PbxGate;
  readonly clock: Clock;
}

/** Either a token, a failure that ends it, or this version is not there. */
type Tried = Result<Token> | { readonly notThere: string };

/**
 * Signs in with the MD5 of the password, which the protocol demands; the password itself is never sent. One refusal is
 * the last one for a session, and the gate counts those of all sessions and programs.
 */
export function createSignIn({ fields, versions, post, isKnown, onVersion, gate, clock }: SignInOptions) {
  const { userName = '', password = '' } = fields;
  // Enough to tell a name and password from others; on the disk, too little to find the password by.
  const who = createHash('sha256').update(`${userName.trim()}\n${password}`).digest('hex').slice(0, 4);

  async function attempt(version: ApiVersion, signal: AbortSignal): Promise<Tried> {
    const askedAt = clock.now();
    const credentials = { username: userName.trim(), password: md5(password), port: EVENT_PORT };
    const answered = await post(version, credentials, signal);
    if (!answered.ok) return answered;
    if (answered.value.status === 404) return { notThere: 'HTTP 404' };
    const wrong = statusFailure('login', answered.value, clock.now());
    if (wrong) return failed(wrong);
    const answer = readAnswer(answered.value.text);
    if (answer.kind === 'foreign') return { notThere: answer.what };
    if (answer.kind === 'refused') {
      return isNoSuchRequest(answer.errno)
        ? { notThere: `errno ${answer.errno}` }
        : failed(refused(answer.errno));
    }
    const token = textIn('login', answer.body, 'token');
    if (!token.ok) return token;
    onVersion(version);
    return ok({ value: token.value, expiresAt: askedAt + TOKEN_MS });
  }

  function refused(errno: string): Failure {
    if (isWrongPassword(errno)) gate.refused(clock.now(), who);
    if (isLocked(errno)) gate.locked(clock.now());
    return errnoFailure('login', errno);
  }

  async function signIn(signal: AbortSignal): Promise<Result<Token>> {
    const closed = gate.closed(clock.now(), who);
    if (closed) return failed(closed);
    const notThere: string[] = [];
    for (const version of versions()) {
      const tried = await attempt(version, signal);
      if (!('notThere' in tried)) return tried;
      notThere.push(`${version.name}: ${tried.notThere}`);
    }
    return failed(failure(isKnown() ? 'service-down' : 'not-supported', `login: ${notThere.join(', ')}`));
  }

  return async (signal: AbortSignal): Promise<Result<Token>> => {
    if (userName.trim() === '' || password === '') {
      return failed(failure('sign-in-refused', 'login: name or password is empty, nothing was sent'));
    }
    const signedIn = await gate.signInInTurn(signal, () => signIn(signal));
    return signedIn ?? failed(failure('cancelled', 'login: stopped before its turn'));
  };
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
