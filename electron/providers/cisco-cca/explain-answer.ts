/**
 * What an answer of the CCA service means: (call, status, body) → failure. What to do about it is decided by
 * whoever asked. The service documents the meaning of its codes and no format of its error texts.
 */
import { type Failure, type FailureCode, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import type { AnswerHead, HttpAnswer } from '../../network/http.ts';
import type { FileFacts } from '../provider.ts';
import { MOST_ATTEMPTS } from './declaration.ts';
import type { Call } from './endpoints.ts';

/** When to look again for something that the service is still making. */
const PREPARING_MS = 5 * 60_000;

/** The JSON of a good answer, or what an answer without one means. `now`: milliseconds since 1970, UTC. */
export function readJson(call: Call, answer: HttpAnswer, now: number): Result<unknown> {
  if (answer.status < 200 || answer.status > 299) return failed(explainList(call, answer, now));
  const explain = (code: FailureCode, what: string) =>
    failed(failure(code, `${call}: ${what}`, { status: answer.status }));
  const body = answer.text.trim();
  if (body === '') return explain('empty-answer', 'no body');
  if (body.startsWith('<')) return explain('html-answer', 'a web page instead of data');
  try {
    return ok(JSON.parse(body));
  } catch {
    return explain('broken-json', 'not JSON');
  }
}

function explainList(call: Call, answer: HttpAnswer, now: number): Failure {
  const { status } = answer;
  if (call === 'sign-in' && [400, 401, 403, 406].includes(status)) {
    return answered('sign-in-refused', call, answer, now);
  }
  if (status !== 403) return explainStatus(call, answer, now);
  const cause = causeIn(answer.text);
  // On these lists 403 is known to mean that the generation runs. "Expired" makes no sense for a list, so a
  // body that says so is taken for "not now".
  const preparing = cause === null ? call === 'archives' || call === 'peak-port' : cause === 'being-prepared';
  return preparing
    ? answered('not-ready', call, answer, now, PREPARING_MS)
    : answered('not-available', call, answer, now);
}

/** What a refusal of a file means. 403 has three meanings; what is known of the file comes before the body. */
export function explainFile(
  file: FileFacts,
  answer: AnswerHead & { readonly text: string },
  now: number,
): Failure {
  const explain = (code: FailureCode, waitMs?: number) => ({
    ...answered(code, 'file', answer, now, waitMs),
    subject: file.name,
  });
  if (answer.status !== 403) return { ...explainStatus('file', answer, now), subject: file.name };
  if (file.expiresAt !== null && file.expiresAt <= now) return explain('expired');
  if (file.attemptsCounted !== null && file.attemptsCounted >= MOST_ATTEMPTS) {
    return explain('attempts-used-up');
  }
  const cause = causeIn(answer.text) ?? 'not-available';
  return cause === 'expired' || cause === 'attempts-used-up' ? explain(cause) : explain(cause, PREPARING_MS);
}

function explainStatus(call: Call, answer: HttpAnswer, now: number): Failure {
  const { status } = answer;
  if (status === 401) return answered('access-lost', call, answer, now);
  if (status === 404) return answered('not-found', call, answer, now);
  if (status === 406) return answered('bad-request', call, answer, now);
  if (status === 412) return answered('not-ready', call, answer, now, PREPARING_MS);
  if (status === 429) return answered('too-many-connections', call, answer, now);
  if (status >= 500) return answered('service-down', call, answer, now);
  if (status >= 200 && status < 300 && answer.text.trim() === '') {
    return answered('empty-answer', call, answer, now);
  }
  return answered('unexpected-status', call, answer, now);
}

function answered(
  code: FailureCode,
  call: Call,
  answer: AnswerHead,
  now: number,
  defaultWaitMs?: number,
): Failure {
  const waitMs = retryAfterMs(answer.headers['retry-after'], now) ?? defaultWaitMs;
  return failure(code, `${call}: HTTP ${answer.status}`, {
    status: answer.status,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}

type Cause = 'being-prepared' | 'expired' | 'attempts-used-up';

const signs: readonly (readonly [Cause, RegExp])[] = [
  ['being-prepared', /\b(generation|generating|generated|in progress|being prepared)\b/i],
  ['expired', /\bexpir(ed|es|y|ation)\b/i],
  ['attempts-used-up', /\battempts?\b|\bdownload limit\b/i],
];

/** The one cause that a short plain text names; null when it names several or none, or speaks of something else. */
function causeIn(text: string): Cause | null {
  if (text.length > 2000 || /<html|<!doctype|\b(token|session|password|certificate)\b/i.test(text))
    return null;
  const named = signs.filter(([, sign]) => sign.test(text));
  return named.length === 1 ? (named[0]?.[0] ?? null) : null;
}
