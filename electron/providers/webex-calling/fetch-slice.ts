/** All pages of one slice, from the service into its file. */
import type { Failure, FailureCode } from '../../contract/failure.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Said } from './explain-answer.ts';
import type { Feed, FeedAnswer } from './feed.ts';
import type { Pace } from './pace.ts';
import type { CallRecord } from './record.ts';
import type { SliceFiles } from './slice-files.ts';
import type { Span } from './spans.ts';
import type { IsWanted } from './wanted-records.ts';

/** More than any slice should have (spec 8.8). */
const MOST_PAGES = 1000;
/** Before each new try of a further page, where the service does not say. */
const PAGE_WAITS_MS = [2000, 8000, 32_000] as const;

export type SliceEnd =
  | { readonly kind: 'done' }
  /** Something answered that can't be the service, or not as it should. */
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  /** More pages than anybody can mean. */
  | { readonly kind: 'too-much' }
  | {
      readonly kind: 'refused';
      readonly failure: Failure;
      readonly said: Said;
      /** The first page was refused, not a link of the service's own. */
      readonly isFirst: boolean;
    };

export interface SliceFetch {
  readonly slice: Span;
  readonly isOwn: boolean;
  readonly isWanted: IsWanted;
  /** Is shown each wanted record. */
  readonly see: (record: CallRecord) => void;
  readonly files: SliceFiles;
  /** Keeps what was learnt from the records, before the slice counts as done. */
  readonly keepLearnt: () => Promise<void>;
}

export interface FetchSliceOptions {
  readonly feed: Feed;
  readonly pace: Pace;
  readonly clock: Clock;
}

/** Fetches a slice page by page. Nothing is left of one that does not come to its end. */
export function createFetchSlice({ feed, pace, clock }: FetchSliceOptions) {
  /** A further page is asked for again when it may pass, because the pages before it would be lost. */
  async function askOn(url: string, signal: AbortSignal): Promise<Result<FeedAnswer>> {
    for (const patience of [...PAGE_WAITS_MS, null]) {
      await clock.sleep(pace.pageMs, signal);
      const answer = await feed.ask(url, signal);
      if (!answer.ok || answer.value.kind === 'page' || patience === null) return answer;
      const { status, retryAfterMs } = answer.value.failure;
      if (status === 429) await clock.sleep(pace.refused(retryAfterMs), signal);
      else if (mayPass(status)) await clock.sleep(retryAfterMs ?? patience, signal);
      else return answer;
    }
    throw new Error('patience has an end');
  }

  return async (wanted: SliceFetch, signal: AbortSignal): Promise<Result<SliceEnd>> => {
    const { slice, isOwn, isWanted, see, files, keepLearnt } = wanted;
    const writer = await files.write(slice);
    let isDone = false;
    try {
      const asked = new Set<string>();
      let url: string | null = feed.firstPage(slice);
      // A link that repeats is the end.
      while (url !== null && !asked.has(url)) {
        if (asked.size === MOST_PAGES) return ok({ kind: 'too-much' });
        const isFirst: boolean = asked.size === 0;
        asked.add(url);
        const answer: Result<FeedAnswer> = await (isFirst ? feed.ask(url, signal) : askOn(url, signal));
        if (!answer.ok)
          return unreadable.includes(answer.failure.code)
            ? ok({ kind: 'unreadable', failure: answer.failure })
            : answer;
        if (answer.value.kind === 'refused') return ok({ ...answer.value, isFirst });
        pace.answered();
        const { text, records }: { text: string; records: readonly CallRecord[] } = answer.value;
        for (const record of records) if (isWanted(record, slice, isOwn)) see(record);
        if (records.length > 0) await writer.add(text);
        url = answer.value.next;
      }
      await writer.finish(keepLearnt);
      isDone = true;
      return ok({ kind: 'done' });
    } finally {
      if (!isDone) await writer.abandon();
    }
  };
}

const unreadable: readonly FailureCode[] = [
  'html-answer',
  'empty-answer',
  'broken-json',
  'unusable-answer',
  'unexpected-status',
  'untrusted-host',
  'too-many-redirects',
];

const mayPass = (status: number | undefined): boolean =>
  status !== undefined && [423, 500, 502, 503].includes(status);
