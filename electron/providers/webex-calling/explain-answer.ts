/** What an answer of the service means, and what it says of itself (spec 6). */
import { z } from 'zod';
import { type Failure, type FailureCode, failure } from '../../contract/failure.ts';
import { redact } from '../../lib/redact.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import type { HttpAnswer } from '../../network/http.ts';
import { ADMIN_ROLE, SCOPE } from './declaration.ts';
import { parseJson } from './wire.ts';

const MOST_SAID = 300;
/** For a resource that is locked and does not say for how long (423). */
const LOCKED_MS = 60_000;

const errorBody = z.object({
  message: z.string().catch(''),
  errors: z.array(z.object({ description: z.string().catch('') }).catch({ description: '' })).catch([]),
  /** For Cisco's support. Only what an id looks like. */
  trackingId: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .catch(''),
});

export interface Said {
  /** The service's words: its message and the descriptions that say something else. Not for showing. */
  readonly words: string;
  readonly trackingId: string;
}

/** Reads the body of a refusal; parts may be missing. */
export function readSaid(body: string): Said {
  const read = errorBody.safeParse(parseJson(body));
  if (!read.success) return { words: '', trackingId: '' };
  const { message, errors, trackingId } = read.data;
  const words = new Set(
    [message, ...errors.map(({ description }) => description)].map((text) => text.trim()),
  );
  return { words: [...words].filter((text) => text !== '').join('; '), trackingId };
}

/** A technical line: what was asked, the status, the id for support. Nothing that was sent. */
export const lineOf = (call: string, { status }: Pick<HttpAnswer, 'status'>, trackingId: string): string =>
  `${call}: HTTP ${status}${trackingId === '' ? '' : `, tracking id ${trackingId}`}`;

/**
 * True for a refusal that is the service's own word: only its own have an id for support, or its way to say that there are
 * no records. A proxy's page or message has neither.
 */
export const isOwnRefusal = (status: number, said: Said): boolean =>
  said.trackingId !== '' || saysNoRecords(status, said);

/**
 * True for a refusal in which nothing is the service's: no id for support and no words, as in a proxy's page. Not for a
 * status that says by itself what to do.
 */
export const isForeign = (status: number | undefined, { words, trackingId }: Said): boolean =>
  words === '' &&
  trackingId === '' &&
  status !== undefined &&
  status < 500 &&
  ![401, 423, 429, 451].includes(status);

/** True for the 404 that means: no records (spec 6.2). */
export const saysNoRecords = (status: number, { words }: Said): boolean =>
  status === 404 && /\bno cdrs? for\b/i.test(words);

/** True where a 400 says that the window is too long. */
export const saysTooLong = ({ words }: Said): boolean =>
  /\b(window|range|interval|span|duration|between|difference)\b/i.test(words) &&
  /\b(exceed\w*|longer|larger|greater|more|maximum|max|limit\w*|within|less)\b/i.test(words);

/** True where a 400 says that the time is further back than the service goes. */
export const saysTooOld = ({ words }: Pick<Said, 'words'>): boolean =>
  /\b(old|older|ago|too early|in the past|earlier than|retention|last \d+)\b/i.test(words);

/** True where it names a limit of more than two days, as services do that go back further than the oldest ones. */
export const namesLongerLimit = ({ words }: Pick<Said, 'words'>): boolean =>
  [...words.matchAll(/\b(\d+)[\s-]*days?\b/gi)].some(([, days]) => Number(days) > 2);

/** What a refusal of records means. `token` is what was sent, which the service may repeat in its words. */
export function explainRefusal(answer: HttpAnswer, said: Said, token: string, now: number): Failure {
  const { status } = answer;
  const waitMs = retryAfterMs(answer.headers['retry-after'], now);
  const explain = (code: FailureCode, about = '', wait = waitMs): Failure =>
    failure(code, lineOf('records', answer, said.trackingId) + (about === '' ? '' : `: ${about}`), {
      status,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  const words = redact(said.words.replaceAll(token, '[removed]')).replace(/\s+/g, ' ').slice(0, MOST_SAID);
  if (status === 400) return explain('bad-request', words);
  if (status === 401) return explain('access-lost');
  if (status === 403) {
    return explain('not-allowed', `needs the scope ${SCOPE} and the role "${ADMIN_ROLE}". ${words}`.trim());
  }
  if (status === 404) return explain('not-found', words);
  if (status === 423) return explain('service-down', words, waitMs ?? LOCKED_MS);
  if (status === 429) return explain('too-many-connections');
  if ([405, 409, 410, 415, 428, 451].includes(status)) return explain('service-refused', words);
  if (status >= 500) return explain('service-down');
  return explain('unexpected-status');
}
