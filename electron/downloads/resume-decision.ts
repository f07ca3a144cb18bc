/**
 * Whether bytes that are on disk may be continued. Only with proof: the same file by its id, size and checksum, and
 * something that will tell a wrong joint (a checksum, or a validator that the server compares).
 *
 * What to ask for:
 *
 * | part                                             | ask                                              |
 * |--------------------------------------------------|--------------------------------------------------|
 * | none, or of another file, or with nothing to tell | the whole file                                  |
 * | as long as the file                              | nothing: it is all there                         |
 * | shorter                                          | `Range: bytes=n-`, `If-Range` where there is a validator |
 *
 * What to make of the answer:
 *
 * | status | and                                                     | act                               |
 * |--------|---------------------------------------------------------|-----------------------------------|
 * | 200    | its length is the file's, or unknown                    | write from the beginning          |
 * | 200    | another length, by its type a web page or JSON          | refuse: not-a-file                |
 * | 200    | another length                                          | refuse: wrong-size                |
 * | 200/206| encoded                                                 | refuse: not the file's own bytes  |
 * | 206    | begins where we stopped, same total, right length, same validator | continue                |
 * | 206    | otherwise                                               | ask for the whole file            |
 * | 416    | the total it names is what we have, and a checksum will tell, or no other total was told | it is all there |
 * | 416    | otherwise                                               | ask for the whole file            |
 * | other  |                                                         | let the provider explain it       |
 *
 * 206 and 416 to a request for the whole file are left to the provider too.
 */
import { type Failure, failure } from '../contract/failure.ts';
import type { FileReference } from '../history/file-reference.ts';
import type { AnswerHead } from '../network/http.ts';

/** Whose bytes a part holds. Kept with its row. */
export interface PartRecord {
  readonly fileId: string;
  readonly size: number | null;
  readonly md5: string | null;
  /** The whole file's length as the answer gave it. */
  readonly total: number | null;
  /** A strong validator of the answer, for `If-Range`. */
  readonly validator: string | null;
}

export type ResumePlan =
  | { readonly kind: 'whole' }
  | { readonly kind: 'all-there' }
  | {
      readonly kind: 'continue';
      readonly from: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly record: PartRecord;
    };

export type AnswerDecision =
  | { readonly kind: 'write-whole'; readonly record: PartRecord }
  | { readonly kind: 'write-on' }
  | { readonly kind: 'all-there' }
  | { readonly kind: 'ask-whole' }
  | { readonly kind: 'refuse'; readonly failure: Failure }
  | { readonly kind: 'explain' };

/** `received`: bytes of the part that can be relied on. */
export function planResume(file: FileReference, part: PartRecord | null, received: number): ResumePlan {
  if (!part || received === 0 || !isPartOf(file, part)) return { kind: 'whole' };
  if (part.md5 === null && part.validator === null) return { kind: 'whole' };
  const total = file.size ?? part.total;
  if (received === total) return { kind: 'all-there' };
  if (total !== null && received > total) return { kind: 'whole' };
  const headers = { range: `bytes=${received}-`, ...(part.validator && { 'if-range': part.validator }) };
  return { kind: 'continue', from: received, headers, record: part };
}

const isPartOf = (file: FileReference, part: PartRecord): boolean =>
  part.fileId === file.fileId && part.size === file.size && part.md5 === file.md5;

export function decideAnswer(file: FileReference, plan: ResumePlan, head: AnswerHead): AnswerDecision {
  const { status, headers } = head;
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if ((status === 200 || status === 206) && encoding !== '' && encoding !== 'identity') {
    return { kind: 'refuse', failure: failure('not-a-file', `content-encoding ${encoding}`, { status }) };
  }
  if (status === 200) return decideWhole(file, head);
  if (plan.kind !== 'continue') return { kind: 'explain' };
  if (status === 206) return continues(file, plan, head) ? { kind: 'write-on' } : { kind: 'ask-whole' };
  if (status === 416) {
    const total = wholeNumber(/^bytes \*\/(\d+)$/i.exec(headers['content-range']?.trim() ?? '')?.[1]);
    // Another length was told before, so one of the two is wrong, and without a checksum nothing says which.
    const contradicts = file.md5 === null && (file.size ?? plan.record.total) !== null;
    return { kind: total === plan.from && !contradicts ? 'all-there' : 'ask-whole' };
  }
  return { kind: 'explain' };
}

function decideWhole(file: FileReference, head: AnswerHead): AnswerDecision {
  const length = wholeNumber(head.headers['content-length']);
  if (file.size !== null && length !== null && file.size !== length) {
    const [, type] = /^(text\/html|application\/json)\b/i.exec(head.headers['content-type'] ?? '') ?? [];
    const detail = `announced ${file.size} bytes, answered with ${length}${type ? ` of ${type}` : ''}`;
    const code = type ? 'not-a-file' : 'wrong-size';
    return { kind: 'refuse', failure: failure(code, detail, { status: head.status }) };
  }
  const { fileId, size, md5 } = file;
  return {
    kind: 'write-whole',
    record: { fileId, size, md5, total: length ?? size, validator: validatorOf(head) },
  };
}

function continues(
  file: FileReference,
  { from, record }: ResumePlan & { kind: 'continue' },
  head: AnswerHead,
): boolean {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(head.headers['content-range']?.trim() ?? '');
  const [start, end, total] = [wholeNumber(range?.[1]), wholeNumber(range?.[2]), wholeNumber(range?.[3])];
  const wanted = file.size ?? record.total;
  if (start !== from || end === null || (wanted !== null && end !== wanted - 1)) return false;
  if (total !== null && wanted !== null && total !== wanted) return false;
  const length = wholeNumber(head.headers['content-length']);
  if (length !== null && length !== end - start + 1) return false;
  // A server that ignores `If-Range` still says which version it answers with.
  const validator = validatorOf(head);
  return record.validator === null || validator === null || validator === record.validator;
}

/** `Last-Modified` is strong only when it is clearly older than the answer (RFC 9110, 8.8.2.2). */
const STRONG_AFTER_MS = 60_000;

/** What may stand in `If-Range` (RFC 9110, 13.1.5): a strong entity tag, else a strong modification date. */
function validatorOf({ headers }: AnswerHead): string | null {
  const etag = headers.etag?.trim();
  if (etag) return /^"[^"]*"$/.test(etag) ? etag : null;
  const modified = headers['last-modified'];
  if (!modified) return null;
  const age = Date.parse(headers.date ?? '') - Date.parse(modified);
  return age >= STRONG_AFTER_MS ? modified : null;
}

/** Digits as a number; null for anything else, and for more than can be counted exactly. */
function wholeNumber(text: string | undefined): number | null {
  if (text === undefined || !/^\d+$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
