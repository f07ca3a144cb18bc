import { type Failure, type FailureCode, failure } from '../contract/failure.ts';
import type { FindProgress } from '../contract/report.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import { type PagedThrough, type PageOf, pageThrough } from '../lib/page-through.ts';
import type { ListedFile, Question, Session } from '../providers/provider.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { Part } from './plan-parts.ts';
import { tryAgain } from './try-again.ts';

const PARTS_AT_ONCE = 4;
/** A shorter pause is over before anybody has read of it. */
const WORTH_TELLING_MS = 4000;

/** Failures that every other part would meet as well. */
const endsEverything: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'cancelled',
  'sign-in-refused',
  'signed-out',
  'access-lost',
  'connection-refused',
  'host-not-found',
  'tls-failed',
  'untrusted-host',
]);

export interface AskPartsOptions {
  readonly session: Session;
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Omit<FindProgress, 'findId'>) => void;
}

export interface AskedParts {
  /** In the order of the parts; parts that failed are left out. */
  readonly answers: readonly { readonly part: Part; readonly listing: PagedThrough<ListedFile> }[];
  /** The values whose parts failed, each once. */
  readonly failures: readonly { readonly value: string; readonly failure: Failure }[];
}

/**
 * Asks all parts, four at a time and fewer once the service says that it is too much. A part that is not one of
 * several values ends it all when it fails; one that is ends it when all the others fail too.
 */
export async function askParts(
  parts: readonly Part[],
  { session, clock, random, signal, onProgress }: AskPartsOptions,
): Promise<Result<AskedParts>> {
  const stop = createStop(signal);
  const listings = new Map<Part, PagedThrough<ListedFile>>();
  const failures = new Map<string, Failure>();
  const progress = createProgress(parts, onProgress);
  let fatal: Failure | null = null;
  let atOnce = PARTS_AT_ONCE;

  const waiting = {
    clock,
    random,
    signal: stop.signal,
    onFailure: ({ code }: Failure, waitMs: number) => {
      if (code === 'too-many-connections') atOnce = Math.max(1, Math.floor(atOnce / 2));
      if (waitMs >= WORTH_TELLING_MS) progress.waits(clock.now() + waitMs);
    },
  };

  async function askPart(part: Part): Promise<void> {
    const { question, value } = part;
    if (fatal) return;
    if (value !== null && failures.has(value)) return progress.done();
    const listing = await pageThrough({
      ask: (cursor) => tryAgain(() => askPage(session, question, cursor, stop.signal), waiting),
      idOf: (file) => file.id,
      onPage: (found, announced) => progress.page(part, found, announced),
    });
    progress.done();
    if (listing.ok) listings.set(part, listing.value);
    else if (value !== null && !endsEverything.has(listing.failure.code))
      failures.set(value, listing.failure);
    else {
      fatal ??= listing.failure;
      stop.now();
    }
  }

  try {
    await eachAtOnce(parts, () => atOnce, askPart);
  } finally {
    // Also ends what still runs beside a part that threw.
    stop.now();
    stop.release();
  }
  if (signal.aborted) return failed(failure('cancelled', 'stopped while listing'));
  const [firstFailure] = failures.values();
  const values = new Set(parts.map((part) => part.value));
  const end = fatal ?? (failures.size === values.size ? firstFailure : undefined);
  if (end) return failed(end);
  return ok({
    answers: parts.flatMap((part) => {
      const listing = listings.get(part);
      return listing ? [{ part, listing }] : [];
    }),
    failures: [...failures].map(([value, why]) => ({ value, failure: why })),
  });
}

/** One page of a question, in the terms of `pageThrough`. */
export async function askPage(
  session: Session,
  question: Question,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Result<PageOf<ListedFile>>> {
  const page = await session.listPage(question, cursor, signal);
  if (!page.ok) return page;
  const { files, next, announced } = page.value;
  return ok({ items: files, next, announced });
}

/** Stops with `outer`, or by itself. */
function createStop(outer: AbortSignal) {
  const controller = new AbortController();
  const now = () => controller.abort();
  if (outer.aborted) now();
  outer.addEventListener('abort', now, { once: true });
  return { signal: controller.signal, now, release: () => outer.removeEventListener('abort', now) };
}

/** Adds up what the parts tell. */
function createProgress(parts: readonly Part[], onProgress: AskPartsOptions['onProgress']) {
  const counts = new Map<Part, { found: number; announced: number | null }>();
  let total: Omit<FindProgress, 'findId'> = {
    found: 0,
    announced: null,
    partsDone: 0,
    parts: parts.length,
    nextTryAt: null,
  };
  const tell = (change: Partial<typeof total>) => {
    total = { ...total, ...change };
    onProgress?.(total);
  };
  return {
    page(part: Part, found: number, announced: number | null) {
      const before = counts.get(part) ?? { found: 0, announced: null };
      counts.set(part, { found, announced });
      tell({
        nextTryAt: null,
        found: total.found + found - before.found,
        announced:
          announced === null ? total.announced : (total.announced ?? 0) + announced - (before.announced ?? 0),
      });
    },
    done: () => tell({ partsDone: total.partsDone + 1, nextTryAt: null }),
    waits: (until: number) => tell({ nextTryAt: until }),
  };
}
