/**
 * The records of a span, with what an error number suggests tried once each: a new token, the other name for the list
 * of extensions, the link spelt otherwise or posted. Each attempt has a random string of its own (spec 8.9).
 */
import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { type Attempt, type AttemptOptions, attempt, type Refused } from './attempt.ts';
import * as errnos from './errno.ts';

export type Fetched =
  | Extract<Attempt, { kind: 'csv' | 'too-long' | 'broken' }>
  /** The PBX has nothing in this span. `isSure`: it has said just that. */
  | { readonly kind: 'none'; readonly why: string; readonly isSure: boolean }
  /** The PBX has trouble with itself, which takes it some minutes. */
  | { readonly kind: 'outage'; readonly failure: Failure };

type Remedy = 'token' | 'name' | 'spelling' | 'post' | 'empty' | 'late';

/** The first random string, and three new ones at most (spec 6, 20020). */
const MOST_ATTEMPTS = 4;

/** Failures are final for now: what could be done about them has been done. */
export async function fetchPart(
  options: Pick<AttemptOptions, 'api' | 'clock' | 'part' | 'path' | 'pace'>,
  signal: AbortSignal,
): Promise<Result<Fetched>> {
  const used = new Set<Remedy>();
  let spelling: AttemptOptions['spelling'] = 'plain';
  let last: Failure = late;

  function isNew(remedy: Remedy): boolean {
    const fresh = !used.has(remedy);
    used.add(remedy);
    return fresh;
  }

  /** True when another attempt may bring more. */
  function mend({ call, errno, token }: Refused): boolean {
    if (errnos.isTokenRefused(errno)) {
      options.api.tokenRefused(token);
      return isNew('token');
    }
    if (call === 'random') return errnos.isBlankParameter(errno) && isNew('name');
    if (errnos.isWrongMethod(errno)) return isNew('post');
    const isSpelling = errnos.isLinkNotRead(errno) && isNew('spelling');
    spelling = isSpelling ? 'encoded' : 'plain';
    return isSpelling || errnos.isRandomRefused(errno);
  }

  for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts += 1) {
    const method = used.has('post') ? 'POST' : 'GET';
    const came = await attempt({ ...options, method, spelling, otherName: used.has('name') }, signal);
    if (!came.ok) return came;
    const { value } = came;
    if (value.kind === 'empty') {
      if (!isNew('empty'))
        return ok({ kind: 'none', why: 'download: empty twice, unverified', isSure: false });
      last = failure('empty-answer', 'download: empty');
    } else if (value.kind === 'refused') {
      const { call, errno } = value;
      const more = errnos.isNoExtension(errno) ? `, sent: ${options.part.extensions}` : '';
      last = errnos.errnoFailure(call, errno, more);
      if (errnos.isNoData(errno))
        return ok({ kind: 'none', why: last.detail, isSure: errnos.saysNoData(errno) });
      if (errnos.isOutOfOrder(errno)) return ok({ kind: 'outage', failure: last });
      if (!mend(value)) break;
    } else if (value.kind === 'late') {
      // Once, the computer may have slept; twice, it takes the PBX so long.
      if (!isNew('late')) return ok({ kind: 'too-long', failure: late });
      last = late;
    } else return ok(value);
  }
  return failed(last);
}

const late = failure('service-down', 'random: came too late to be used');
