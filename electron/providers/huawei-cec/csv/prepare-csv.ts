/**
 * Makes one CSV of a longer period: has the service make its files one after the other, fetches each into the job's
 * folder, and joins their tables. One call does one step; each file comes about as one that is fetched as it is.
 */
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure, type FailureCode, failure } from '../../../contract/failure.ts';
import { failed, ok, type Result } from '../../../contract/result.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { HttpClient } from '../../../network/http.ts';
import type { FileToPrepare, Job, Prepared } from '../../provider.ts';
import { explainStatus, isOwnRefusal } from '../explain-answer.ts';
import { fetchZip } from '../fetch-zip.ts';
import { readLink, writeLink } from '../links.ts';
import type { Calendar } from '../list-records.ts';
import type { createPreparer } from '../prepare-file.ts';
import type { Signer } from '../signer.ts';
import { checkZip } from '../zip/check-zip.ts';
import { csvBytes } from './csv-bytes.ts';
import { type CsvLink, type Plan, type PlannedSlice, planFor, withSlice } from './plan.ts';
import { scanZip } from './scan-zip.ts';
import { secondBeyond } from './second-beyond.ts';

export interface CsvPreparerOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly preparer: ReturnType<typeof createPreparer>;
  readonly calendar: Calendar;
}

/** The next step follows at once. */
const AT_ONCE_MS = 100;

/** Before a file that broke while it was fetched is fetched again; then a person is told (spec 8.19, 8.23). */
const AFTER_BREAK_MS = [2000, 8000, 32_000];
/** The request went out, so the service is there. Where it can't be reached at all, its whole account waits. */
const breaks: readonly FailureCode[] = ['connection-lost', 'timed-out'];

type Came = NonNullable<PlannedSlice['came']>;

/** One file of the plan as one call sees it. */
interface Slice {
  readonly file: FileToPrepare;
  readonly job: Job;
  readonly until: number;
  readonly path: string;
  readonly table: CsvLink['table'];
  /** How often it broke while it was fetched. */
  readonly broke: number;
  readonly noteBroke: (times: number) => Promise<void>;
}

export function createCsvPreparer({ http, clock, signer, preparer, calendar }: CsvPreparerOptions) {
  /** A step of one file. Failure `being-made` when there is another one to come. */
  async function step(slice: Slice, signal: AbortSignal): Promise<Result<Came>> {
    const prepared = await preparer.prepare(slice.file, slice.job, signal);
    if (!prepared.ok) return orNone(prepared.failure, slice);
    const link = prepared.value.kind === 'link' ? readLink(prepared.value.link) : null;
    if (link?.kind !== 'name') throw new Error('a file that is made by the service has a name');
    const request = signer.request('downloadBillFile', { billFileName: link.name });
    const part = `${slice.path}.part`;
    const fetched = await fetchZip(http, { ...request, signal }, part, slice.job.arrived);
    if (!fetched.ok) {
      const { failure: why } = fetched;
      return breaks.includes(why.code) ? again(slice, why, 'keeps-breaking') : fetched;
    }
    if (fetched.value.kind === 'other') {
      if (isOwnRefusal(fetched.value)) signer.learnTime(fetched.value);
      if (fetched.value.status !== 200) {
        return failed(explainStatus('downloadBillFile', fetched.value, clock.now()));
      }
      return failed(ofDownload(preparer.explain(slice.file, fetched.value.text)));
    }
    const wrong = await checkZip(part);
    if (wrong) await rm(part);
    if (wrong)
      return wrong.code === 'unusable-answer' ? failed(wrong) : again(slice, wrong, 'unusable-answer');
    const kept = await keep(slice, part);
    return kept.ok ? kept : orNone(kept.failure, slice);
  }

  /** Days without records are no failure of a longer period. */
  function orNone(why: Failure, { until }: Slice): Result<Came> {
    return why.code === 'no-data' ? ok({ kind: 'none', provisional: clock.now() < until }) : failed(why);
  }

  return async (
    file: FileToPrepare,
    link: CsvLink,
    job: Job,
    signal: AbortSignal,
  ): Promise<Result<Prepared>> => {
    const folder = await job.folder();
    const pathOf = (index: number) => join(folder, `${index + 1}.zip`);
    let plan = await withoutLost(planFor(link, job.notes), pathOf);
    const save = async (index: number, change: Partial<PlannedSlice>) => {
      plan = withSlice(plan, index, change);
      await job.note(JSON.stringify(plan));
    };
    const next = plan.slices.findIndex(({ came }) => came === null);
    const slice = link.slices[next];
    /** Days without records are asked about anew when a person tries again. */
    const finish = async (): Promise<Result<Prepared>> => {
      const file = made(plan, link, pathOf, calendar);
      if (!file.ok) await job.note(JSON.stringify(withoutAny(plan)));
      return file;
    };
    if (!slice) return finish();
    const came = await step(
      {
        file: { ...file, fileId: `${file.fileId}#${next}`, link: writeLink({ kind: 'make', ...slice }) },
        job: {
          notes: plan.slices[next]?.notes ?? null,
          note: (notes) => save(next, { notes }),
          folder: job.folder,
          arrived: job.arrived,
        },
        until: slice.until,
        path: pathOf(next),
        table: link.table,
        broke: plan.slices[next]?.broke ?? 0,
        noteBroke: (times) => save(next, { broke: times }),
      },
      signal,
    );
    if (!came.ok)
      return failed(came.failure.code === 'being-made' ? ofAll(came.failure, plan) : came.failure);
    await save(next, { came: came.value, broke: 0 });
    return plan.slices.every((one) => one.came) ? finish() : failed(ofAll(oneMore, plan));
  };
}

/** The next file has all of its tries. */
const oneMore = failure('being-made', 'one more is there', {
  retryAfterMs: AT_ONCE_MS,
  progress: { done: 0, total: 0, msLeft: null, advanced: true },
});

/** One file that breaks must not hold up the account. When a person tries again, the count begins anew. */
async function again(
  { broke, noteBroke }: Slice,
  { detail }: Failure,
  inTheEnd: FailureCode,
): Promise<Result<never>> {
  const pauseMs = AFTER_BREAK_MS[broke];
  await noteBroke(pauseMs === undefined ? 0 : broke + 1);
  return failed(
    pauseMs === undefined
      ? failure(inTheEnd, `fetched ${broke + 1} times; the last time: ${detail}`)
      : failure('being-made', detail, { retryAfterMs: pauseMs }),
  );
}

/** The service has made a file of these days, so there is something: without it, they would be missing. */
const ofDownload = (why: Failure): Failure =>
  why.code === 'no-data' ? { ...why, code: 'service-refused' } : why;

/** Puts a whole file in its place where it can be used, and throws away any other. */
async function keep({ path, table }: Slice, part: string): Promise<Result<Came>> {
  const found = await scanZip(part, table);
  if (!found.ok) {
    await rm(part, { force: true });
    return found;
  }
  const { size } = await stat(part);
  await rename(part, path);
  const { others, gb18030 } = found.value;
  return ok({ kind: 'zip', size, ...found.value, others: [...others], gb18030: [...gb18030] });
}

/** With everything still to be fetched that is gone, or not as it was noted. It is not made a second time. */
async function withoutLost(plan: Plan, pathOf: (index: number) => string): Promise<Plan> {
  const slices = plan.slices.map(async (slice, index) => {
    if (slice.came?.kind !== 'zip') return slice;
    const found = await stat(pathOf(index)).catch(() => null);
    const isThere = found?.size === slice.came.size && !hasGarbledNames(slice.came);
    return isThere ? slice : { ...slice, came: null };
  });
  return { ...plan, slices: await Promise.all(slices) };
}

/** Before rows were counted, columns were not noted by the names that they have now. */
const hasGarbledNames = ({ rows, others }: Came & { kind: 'zip' }): boolean =>
  rows === undefined && others.some((name) => /[^ -~]/.test(name));

const withoutAny = (plan: Plan): Plan => ({
  ...plan,
  slices: plan.slices.map((slice) => ({ ...slice, came: null })),
});

function ofAll(why: Failure, { slices }: Plan): Failure {
  const done = slices.filter(({ came }) => came).length;
  const { answerLost, advanced } = why.progress ?? {};
  const more = { ...(answerLost && { answerLost }), ...(advanced && { advanced }) };
  return { ...why, progress: { done, total: slices.length, msLeft: null, ...more } };
}

function made(
  plan: Plan,
  { table, bom, safe }: CsvLink,
  pathOf: (index: number) => string,
  calendar: Calendar,
): Result<Prepared> {
  const zips = plan.slices.flatMap(({ came }, index) =>
    came?.kind === 'zip' ? [{ path: pathOf(index), others: came.others, gb18030: came.gb18030 }] : [],
  );
  if (zips.length === 0) return failed(failure('no-data', 'no records on any of these days'));
  const without = secondBeyond(plan, calendar);
  return ok({ kind: 'made', bytes: () => csvBytes({ kind: table, zips, without, bom, safe }) });
}
