/** One page of records, asked for in the account's name. */
import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Token, TokenKeeper } from '../../credentials/token-keeper.ts';
import type { HttpAnswer, HttpClient } from '../../network/http.ts';
import {
  explainRefusal,
  isOwnRefusal,
  lineOf,
  readSaid,
  type Said,
  saysNoRecords,
} from './explain-answer.ts';
import { nextLink } from './next-link.ts';
import type { CallRecord } from './record.ts';
import { recordsIn } from './records-in.ts';
import { guardOf, originIn, regionOf, startingOrigin } from './regions.ts';
import type { ServerTime } from './server-time.ts';
import { type Span, toWire } from './spans.ts';
import { parseJson, queryOf } from './wire.ts';

export type FeedAnswer =
  | {
      readonly kind: 'page';
      /** As it came; empty where the service says that there are no records. */
      readonly text: string;
      readonly records: readonly CallRecord[];
      readonly next: string | null;
    }
  | { readonly kind: 'refused'; readonly failure: Failure; readonly said: Said };

export interface Feed {
  /** The address of the first page of a slice. */
  firstPage(slice: Span): string;
  /** Fails as the network does, with `sign-in-refused`, and where a host is named that may not have the token. */
  ask(url: string, signal: AbortSignal): Promise<Result<FeedAnswer>>;
}

export interface FeedOptions {
  readonly serverAddress: string;
  readonly region: string;
  /** The server address that `region` was named in place of. */
  readonly movedFrom: string;
  readonly http: HttpClient;
  readonly tokens: TokenKeeper;
  readonly time: ServerTime;
  readonly remember: ((fields: Readonly<Record<string, string>>) => Promise<void>) | undefined;
}

export function createFeed(options: FeedOptions): Feed {
  const { serverAddress, region, movedFrom, http, tokens, time, remember } = options;
  let origin = startingOrigin(serverAddress, region, movedFrom);

  /** A 401 gets one new token and one more try. */
  async function send(
    url: string,
    signal: AbortSignal,
  ): Promise<Result<{ readonly answer: HttpAnswer; readonly token: Token }>> {
    for (let isFirst = true; ; isFirst = false) {
      const token = await tokens.get(signal);
      if (!token.ok) return token;
      const answer = await http.exchange({
        method: 'GET',
        url,
        headers: { authorization: `Bearer ${token.value.value}`, accept: 'application/json' },
        trusts: guardOf(origin),
        signal,
      });
      if (!answer.ok) return answer;
      const { status, text, headers } = answer.value;
      if (status !== 200 && isOwnRefusal(status, readSaid(text))) time.heard(headers.date);
      if (status === 401) tokens.refused(token.value.value);
      if (status !== 401 || !isFirst) return ok({ answer: answer.value, token: token.value });
    }
  }

  /** The organization lies elsewhere: the named host is kept for the account (spec 6.3). */
  async function move(answer: HttpAnswer): Promise<Result<null>> {
    const { words, trackingId } = readSaid(answer.text);
    const named = originIn(words, origin);
    const line = lineOf('records', answer, trackingId);
    if (named === null)
      return failed(failure('untrusted-host', `${line}: no host of Webex named`, { status: 451 }));
    origin = named;
    await remember?.({ region: regionOf(named), movedFrom: serverAddress });
    return ok(null);
  }

  return {
    firstPage(slice) {
      const query = { startTime: toWire(slice.from), endTime: toWire(slice.to) };
      return `${origin}/v1/cdr_feed?${queryOf(query)}`;
    },

    async ask(url, signal) {
      let sent = await send(url, signal);
      if (sent.ok && sent.value.answer.status === 451) {
        const moved = await move(sent.value.answer);
        if (!moved.ok) return moved;
        const { pathname, search } = new URL(url);
        sent = await send(`${origin}${pathname}${search}`, signal);
      }
      if (!sent.ok) return sent;
      const { answer, token } = sent.value;
      const page = readPage(answer, token.value, time.now());
      if (page.ok && answer.status === 200) time.heard(answer.headers.date);
      return page;
    },
  };
}

function readPage(answer: HttpAnswer, token: string, now: number): Result<FeedAnswer> {
  if (answer.status !== 200) {
    const said = readSaid(answer.text);
    return saysNoRecords(answer.status, said)
      ? ok({ kind: 'page', text: '', records: [], next: null })
      : ok({ kind: 'refused', failure: explainRefusal(answer, said, token, now), said });
  }
  if (answer.text.trim() === '') return failed(failure('empty-answer', 'records: no body', { status: 200 }));
  if (answer.text.trimStart().startsWith('<')) {
    return failed(failure('html-answer', 'records: a web page instead of data', { status: 200 }));
  }
  const json = parseJson(answer.text);
  if (json === null) return failed(failure('broken-json', 'records: not JSON', { status: 200 }));
  const records = recordsIn(json);
  // An answer without them is no answer "no calls" (spec 8.14).
  if (records === null)
    return failed(failure('unusable-answer', 'records: no list of items', { status: 200 }));
  const next = nextLink(answer.headers.link);
  return next === 'unreadable'
    ? failed(
        failure('unusable-answer', 'records: a link to the next page that can\u2019t be read', {
          status: 200,
        }),
      )
    : ok({ kind: 'page', text: answer.text, records, next });
}
