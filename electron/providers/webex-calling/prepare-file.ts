/** Makes a file, one slice at a time: each call fetches at most one, at the account's pace, and says when to come again. */
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { FileToPrepare, Job, Prepared } from '../provider.ts';
import { createSeenKeys } from './columns.ts';
import { decideRefusal } from './decide-refusal.ts';
import type { Feed } from './feed.ts';
import { createFetchSlice, type SliceEnd } from './fetch-slice.ts';
import { readLink, type WantedFile } from './listed-files.ts';
import type { Pace } from './pace.ts';
import { askable, createPlan, isOwnSlice, isPlanOf, type Plan, readPlan } from './plan.ts';
import { recordFileBytes } from './record-file.ts';
import type { ServerTime } from './server-time.ts';
import { type SliceFiles, sliceFilesIn } from './slice-files.ts';
import type { Span } from './spans.ts';
import { createIsWanted, createUnseenLocations } from './wanted-records.ts';

/** The share of the spacing by which other files come later, so that a file that was begun is finished first. */
const YIELD_SHARE = 1 / 32;

export interface PrepareOptions {
  readonly feed: Feed;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly time: ServerTime;
  /** Has the service tell its time, unless it has. */
  readonly learnTime: (signal: AbortSignal) => Promise<Result<null>>;
  /** Keeps the pace with the account, for the next run of the program. */
  readonly keepPace: () => Promise<void>;
}

/** What came of asking for one slice, and the plan with what its records taught. */
interface FetchedSlice {
  readonly end: SliceEnd;
  readonly plan: Plan;
}

/** One file as one call sees it. */
interface Work {
  readonly file: FileToPrepare;
  readonly job: Job;
  readonly wanted: WantedFile;
  readonly files: SliceFiles;
  readonly whole: ReadonlySet<Span>;
}

export function createPrepareFile({ feed, pace, clock, time, learnTime, keepPace }: PrepareOptions) {
  const fetchSlice = createFetchSlice({ feed, pace, clock });
  /** Refusals in a row, by file. */
  const refusals = new Map<string, number>();
  /** Files whose journal has told the pace of the run before. */
  const restored = new Set<string>();
  let isFetching = false;
  let lastServed: string | null = null;
  /** What the last slice took. */
  let sliceMs = 0;

  async function save(job: Job, plan: Plan): Promise<void> {
    await job.note(JSON.stringify({ ...plan, pace: pace.state() }));
  }

  async function planOf(job: Job, wanted: WantedFile, files: SliceFiles): Promise<Plan> {
    const kept = readPlan(job.notes);
    if (kept && isPlanOf(kept, wanted)) return kept;
    // Without its journal, or for another end, nothing can be said of what lies there.
    await files.clear();
    const plan = createPlan(wanted, time.now());
    await save(job, plan);
    return plan;
  }

  /** `wait`: what this file has to wait besides the pace. */
  function comeAgain({ file, whole }: Work, plan: Plan, { wait = 0, advanced = false } = {}): Result<never> {
    const [done, total] = [whole.size, plan.slices.length];
    const ms = Math.max(pace.waitMs(), wait);
    const apart = Math.max(pace.spacingMs(), sliceMs);
    const msLeft = ms + Math.max(0, total - done - 1) * apart + sliceMs;
    const isOthersTurn = lastServed !== null && lastServed !== file.fileId;
    const others = isOthersTurn ? apart * YIELD_SHARE : 0;
    return failed(
      failure('being-made', `${done} of ${total} slices are there`, {
        retryAfterMs: Math.max(100, Math.ceil(ms + others)),
        progress: {
          done,
          total,
          msLeft: Math.ceil(msLeft),
          ...(isOthersTurn && done === 0 && { waits: true }),
          ...(advanced && { advanced }),
        },
      }),
    );
  }

  function forget(file: FileToPrepare): void {
    refusals.delete(file.fileId);
    if (lastServed === file.fileId) lastServed = null;
  }

  /** After a slice that did not come. */
  async function goOn(
    work: Work,
    plan: Plan,
    slice: Span,
    end: Exclude<SliceEnd, { readonly kind: 'done' }>,
  ): Promise<Result<never>> {
    const { file, job, whole } = work;
    const times = (refusals.get(file.fileId) ?? 0) + 1;
    if (end.kind === 'refused' && end.isFirst && end.failure.status === 429) {
      pace.refused(end.failure.retryAfterMs);
      await keepPace();
    }
    const decision = decideRefusal({ plan, slice, end, whole, times, now: time.now() });
    if (decision.kind === 'fail') {
      forget(file);
      return failed(decision.failure);
    }
    const next = decision.kind === 'replan' ? decision.plan : plan;
    if (decision.kind === 'again') refusals.set(file.fileId, times);
    await save(job, next);
    return comeAgain(work, next, { wait: decision.kind === 'again' ? (decision.waitMs ?? 0) : 0 });
  }

  async function fetchNext(
    work: Work,
    plan: Plan,
    slice: Span,
    signal: AbortSignal,
  ): Promise<Result<FetchedSlice>> {
    const { file, job, wanted, files } = work;
    const begun = clock.now();
    const keys = createSeenKeys(plan.keys);
    const locations = createUnseenLocations(plan.unseen);
    const learnt = (): Plan => ({ ...plan, keys: [...keys.list], unseen: [...locations.list] });
    isFetching = true;
    lastServed = file.fileId;
    try {
      pace.asked();
      await keepPace();
      await save(job, plan);
      const end = await fetchSlice(
        {
          slice,
          isOwn: isOwnSlice(plan, slice),
          isWanted: createIsWanted(wanted, wanted.locations),
          see(record) {
            keys.see(record);
            locations.see(record);
          },
          files,
          keepLearnt: () => save(job, learnt()),
        },
        signal,
      );
      return end.ok ? ok({ end: end.value, plan: learnt() }) : end;
    } finally {
      isFetching = false;
      sliceMs = Math.max(0, clock.now() - begun);
    }
  }

  function make(work: Work, plan: Plan): Result<Prepared> {
    const { wanted, files, file } = work;
    forget(file);
    const isWanted = createIsWanted(wanted, wanted.locations);
    async function* batches() {
      for (const slice of plan.slices) {
        const isOwn = isOwnSlice(plan, slice);
        for await (const records of files.read(slice)) {
          yield records.filter((record) => isWanted(record, slice, isOwn));
        }
      }
    }
    const { format, bom, safe } = wanted;
    return ok({
      kind: 'made',
      bytes: () => recordFileBytes({ format, bom, safe, keys: plan.keys, batches }),
    });
  }

  return async (file: FileToPrepare, job: Job, signal: AbortSignal): Promise<Result<Prepared>> => {
    const wanted = readLink(file.link);
    if (!wanted) return failed(failure('no-link', 'a link of another version'));
    const learnt = await learnTime(signal);
    if (!learnt.ok) return learnt;
    const files = sliceFilesIn(await job.folder());
    const kept = await planOf(job, wanted, files);
    if (!restored.has(file.fileId)) pace.restore(kept.pace);
    restored.add(file.fileId);
    const whole = await files.whole(kept.slices);
    // What is dropped never comes back, so the time must not be a guess.
    const plan = time.isKnown ? askable(kept, whole, time.now()) : kept;
    if (plan !== kept) await save(job, plan);
    const work: Work = { file, job, wanted, files, whole };

    if (!plan.slices.some((slice) => isOwnSlice(plan, slice))) {
      forget(file);
      return plan.isTooOldLeftOut
        ? failed(failure('expired', 'the whole period is older than the service keeps records'))
        : failed(failure('no-data', 'the period has not begun'));
    }
    const slice = plan.slices.find((one) => !whole.has(one));
    if (!slice) return make(work, plan);
    if (isFetching || pace.waitMs() > 0) return comeAgain(work, plan, { wait: isFetching ? pace.pageMs : 0 });

    const fetched = await fetchNext(work, plan, slice, signal);
    if (!fetched.ok) return fetched;
    const { end, plan: next } = fetched.value;
    if (end.kind !== 'done') return goOn(work, plan, slice, end);
    refusals.delete(file.fileId);
    const after: Work = { ...work, whole: new Set([...whole, slice]) };
    return after.whole.size === next.slices.length
      ? make(after, next)
      : comeAgain(after, next, { advanced: true });
  };
}
