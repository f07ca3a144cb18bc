/** What the answers of the service mean. Its own errors come with status 200 and a code (spec 6.3). */
import { type Failure, type FailureCode, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import type { AnswerHead, HttpAnswer } from '../../network/http.ts';
import type { Interface } from './base-address.ts';
import { type Envelope, readEnvelope } from './envelope.ts';

export const codes = {
  success: '0',
  parameterNull: '0300001',
  parameterEmpty: '0300002',
  downloadLimit: '0300008',
  queryLimit: '0300009',
  wrongFormat: '0300004',
  wrongDate: '0300010',
  noSuchFile: '0300011',
  noData: '0300012',
} as const;

export const isBusy = ({ code }: Envelope): boolean =>
  code === codes.downloadLimit || code === codes.queryLimit;

/** The service does not even look for a file of the name that it was asked for. */
export const refusesName = ({ code }: Envelope): boolean =>
  code === codes.wrongFormat || code === codes.wrongDate;

const meanings: Readonly<Record<string, string>> = {
  [codes.parameterNull]: 'a parameter is missing',
  [codes.parameterEmpty]: 'a parameter is empty',
  '0300003': 'a value is too long',
  [codes.wrongFormat]: 'a value has the wrong format',
  '0300005': 'a value is too short',
  '0300006': 'the server expects another version',
  '0300007': 'the parameters are missing',
  [codes.downloadLimit]: 'too many downloads at the moment',
  [codes.queryLimit]: 'too many queries at the moment',
  [codes.wrongDate]: 'a wrong date in the file name',
  [codes.noSuchFile]: 'there is no such file',
  [codes.noData]: 'there are no records',
  '0300013': 'the end lies before the beginning',
};

const failureCodes: Readonly<Record<string, FailureCode>> = {
  [codes.downloadLimit]: 'too-many-connections',
  [codes.queryLimit]: 'too-many-connections',
  [codes.noSuchFile]: 'not-found',
  [codes.noData]: 'no-data',
};

/** An error of the service's own. `waitMs`: what to wait where it wants fewer requests. */
export function explainEnvelope(from: Interface, envelope: Envelope, waitMs?: number): Failure {
  const code = failureCodes[envelope.code] ?? 'service-refused';
  const wait = isBusy(envelope) && waitMs !== undefined ? { retryAfterMs: waitMs } : {};
  return failure(code, describe(from, envelope), { status: 200, ...wait });
}

/** A signed header, which opens the door for whoever repeats it at once. */
const signed = /\bauth-v2\/\S+/g;

/** One line with the service's code, what it stands for, and its own words. */
export function describe(from: Interface, { code, text }: Envelope): string {
  const meaning = meanings[code];
  const words = text.replace(signed, 'auth-v2').replace(/\s+/g, ' ').trim().slice(0, 200);
  return `${from}: ${code}${meaning ? ` (${meaning})` : ''}${words && ` ${words}`}`;
}

/** The envelope of an answer, whatever its code says; or what an answer without one means. */
export function envelopeOf(from: Interface, answer: HttpAnswer, now: number): Result<Envelope> {
  if (answer.status !== 200) return failed(explainStatus(from, answer, now));
  const envelope = readEnvelope(answer.text);
  return envelope ? ok(envelope) : failed(explainOther(from, answer.text));
}

/** A body with status 200 that is neither a file nor an envelope. */
export function explainOther(from: Interface, body: string): Failure {
  const text = body.replace(/^\uFEFF/, '').trimStart();
  if (text === '') return failure('empty-answer', `${from}: no body`, { status: 200 });
  return text.startsWith('<')
    ? failure('html-answer', `${from}: a web page instead of data`, { status: 200 })
    : failure('unusable-answer', `${from}: no result code`, { status: 200 });
}

/** Only 200 and 401 are documented. `now`: milliseconds since 1970, UTC. */
export function explainStatus(from: Interface, { status, headers }: AnswerHead, now: number): Failure {
  const wait = retryAfterMs(headers['retry-after'], now);
  return failure(codeOfStatus(status), `${from}: HTTP ${status}`, {
    status,
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

/** Whether a refused signature was refused by the service: what is in between would answer with a page of its own. */
export const isOwnRefusal = ({ status, text }: HttpAnswer): boolean =>
  status === 401 && !text.trimStart().startsWith('<');

/** Key, clock, way of signing or address: which of them is wrong, a 401 does not say. A sign-in finds it out. */
function codeOfStatus(status: number): FailureCode {
  if (status === 401) return 'access-lost';
  if (status === 404) return 'not-found';
  if (status === 429) return 'too-many-connections';
  return status >= 500 ? 'service-down' : 'unexpected-status';
}
