/** What the PBX says. Errors come with status 200, and a page of the web interface where a path is not known. */
import { z } from 'zod';
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import type { AnswerHead } from '../../network/http.ts';

/** Numbers may come as text or as numbers (spec 8.17). */
const envelope = z.looseObject({
  status: z.string().optional(),
  errno: z.union([z.string(), z.number()]).optional(),
});

export type ApiAnswer =
  | { readonly kind: 'success'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly errno: string }
  /** Something else than this API has answered. */
  | { readonly kind: 'foreign'; readonly what: string };

/** The text of an answer with status 200, whatever it was meant to be. */
export function readAnswer(text: string): ApiAnswer {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { kind: 'foreign', what: 'an empty answer' };
  if (trimmed.startsWith('<')) return { kind: 'foreign', what: 'a web page' };
  const read = envelope.safeParse(parseJson(trimmed));
  if (!read.success) return { kind: 'foreign', what: 'not a JSON object' };
  const { status, errno, ...body } = read.data;
  if (status?.trim().toLowerCase() === 'success') return { kind: 'success', body };
  if (status === undefined && errno === undefined) return { kind: 'foreign', what: 'JSON of another kind' };
  return { kind: 'refused', errno: String(errno ?? '').trim() };
}

/** Null for status 200; for any other, what it means. `now`: milliseconds since 1970, UTC. */
export function statusFailure(call: string, { status, headers }: AnswerHead, now: number) {
  if (status === 200) return null;
  const to = REDIRECTS.includes(status) ? httpsHost(headers.location) : null;
  if (to !== null) return failure('bad-address', `${call}: the PBX wants https://${to}`, { status });
  const waitMs = retryAfterMs(headers['retry-after'], now);
  const more = { status, ...(waitMs !== undefined && { retryAfterMs: waitMs }) };
  return failure(status >= 500 ? 'service-down' : 'unexpected-status', `${call}: HTTP ${status}`, more);
}

const REDIRECTS = [301, 302, 303, 307, 308];

/** Host and port, where it leads to https; nothing else of it is anybody's business. */
function httpsHost(location: string | undefined): string | null {
  const host = /^https:\/\/([^/?#@\s]+)/i.exec(location ?? '')?.[1];
  return host ?? null;
}

/** A value of a successful answer that has to be there. */
export function textIn(call: string, body: Readonly<Record<string, unknown>>, name: string): Result<string> {
  const value = body[name];
  return typeof value === 'string' && value !== ''
    ? ok(value)
    : failed(failure('unusable-answer', `${call}: success without ${name}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
