/**
 * How a file comes about. Every file is made here, out of one part or several, rather than fetched under its link: only
 * then can a part whose end is in doubt be fetched a second time and compared (spec 8.19), a span that is too long for
 * the PBX be halved (8.12), and what has arrived survive the end of the program (8.23). One call fetches one part.
 */
import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Job, Prepared } from '../provider.ts';
import type { TimeZone } from '../time-zone.ts';
import type { Api } from './api.ts';
import { fetchPart } from './fetch-part.ts';
import { joinParts, type Table, tablesOf } from './join-parts.ts';
import { createPartFolder, type PartFolder } from './part-folder.ts';
import { isProvisional } from './pbx-time.ts';
import {
  halve,
  isFetched,
  newPlan,
  type Part,
  type Plan,
  progressOf,
  readPlan,
  replacePart,
} from './plan.ts';
import { numberColumns } from './rows-of-extensions.ts';
import { askedExtensions, isChosenHere, type WantedFile } from './wanted-file.ts';
import { type ZipEntry, zipTables } from './zip-tables.ts';

export interface PrepareOptions {
  readonly api: Api;
  readonly clock: Clock;
  /** Of the PBX. */
  readonly zone: TimeZone;
  /** What a file is called that holds what is wanted. */
  readonly nameFor: (wanted: WantedFile) => string;
}

/** The next step follows at once. */
const AT_ONCE_MS = 100;
const AFTER_BREAK_MS = 2000;
/** A part that has broken as often is halved: long downloads are known to be cut (spec 6). */
const MOST_BREAKS = 2;
const MINUTE_MS = 60_000;
/** Before a PBX that is out of order is asked again (spec 6, 30001 and 30003). */
const OUTAGE_WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS];

export async function prepareFile(
  options: PrepareOptions,
  wanted: WantedFile,
  job: Job,
  signal: AbortSignal,
): Promise<Result<Prepared>> {
  const folder = createPartFolder(await job.folder());
  const noted = readPlan(job.notes);
  const plan = noted && (await folder.withoutLost(noted));
  if (plan?.parts.every(isFetched)) return finish(options, { plan, wanted, folder }, job);

  const signedIn = await options.api.token(signal);
  if (!signedIn.ok) return signedIn;
  const { name } = signedIn.value.version;
  if (plan?.version !== name) return goOn(newPlan(name, wanted), job, AT_ONCE_MS);

  const part = plan.parts.find((one) => !isFetched(one));
  if (!part) throw new Error('a plan without a part to fetch');
  const next = await fetchNext(options, { plan, part, wanted, folder, pace: job.arrived }, signal);
  if (!next.ok) return next;
  const { plan: changed, failure: why, waitMs } = next.value;
  if (changed.parts.every(isFetched)) {
    await job.note(JSON.stringify(changed));
    return finish(options, { plan: changed, wanted, folder }, job);
  }
  if (!why) return goOn(changed, job, waitMs);
  await job.note(JSON.stringify(changed));
  return failed(why);
}

interface Step {
  readonly plan: Plan;
  readonly part: Part;
  readonly wanted: WantedFile;
  readonly folder: PartFolder;
  readonly pace: Job['arrived'];
}

interface Next {
  readonly plan: Plan;
  readonly waitMs: number;
  /** Set when it does not simply go on. */
  readonly failure?: Failure;
}

async function fetchNext(
  { api, clock, zone }: PrepareOptions,
  { plan, part, wanted, folder, pace }: Step,
  signal: AbortSignal,
): Promise<Result<Next>> {
  const now = clock.now();
  const { from, to } = part;
  const toFetch = { from, to, extensions: askedExtensions(wanted) };
  const fetched = await fetchPart(
    { api, clock, part: toFetch, path: folder.pathOf(part, 'new'), pace },
    signal,
  );
  if (!fetched.ok) return fetched;
  const came = fetched.value;
  const goOnWith = (...parts: Part[]) => ({ plan: replacePart(plan, part, ...parts), waitMs: AT_ONCE_MS });
  const provisional = isProvisional(to, now, zone);
  switch (came.kind) {
    case 'csv':
      return ok(goOnWith(await folder.keep(part, came, provisional)));
    case 'none':
      return ok(goOnWith(await folder.keepNothing(part, { ...came, isProvisional: provisional })));
    case 'broken':
      if (part.breaks + 1 >= MOST_BREAKS) return inHalves(plan, part, came.failure);
      return ok({ ...goOnWith({ ...part, breaks: part.breaks + 1 }), waitMs: AFTER_BREAK_MS });
    case 'too-long':
      return inHalves(plan, part, came.failure);
    case 'outage':
      return ok(outage(plan, came.failure));
  }
}

/** A single day is as short as it gets: then it is up to whoever retries. */
function inHalves(plan: Plan, part: Part, why: Failure): Result<Next> {
  const halves = halve(part);
  if (halves) return ok({ plan: replacePart(plan, part, ...halves), waitMs: AT_ONCE_MS });
  return failed(failure('service-down', `download of ${part.from} alone: ${why.detail}`));
}

function outage(plan: Plan, why: Failure): Next {
  const waitMs = OUTAGE_WAITS_MS[plan.outages];
  return waitMs === undefined
    ? { plan: { ...plan, outages: 0 }, waitMs: 0, failure: failure('service-refused', why.detail) }
    : { plan: { ...plan, outages: plan.outages + 1 }, waitMs, failure: { ...why, retryAfterMs: waitMs } };
}

async function goOn(plan: Plan, job: Job, retryAfterMs: number): Promise<Result<Prepared>> {
  await job.note(JSON.stringify(plan));
  const progress = progressOf(plan);
  const detail = `${progress.done} of ${progress.total} parts fetched`;
  return failed(failure('being-made', detail, { retryAfterMs, progress }));
}

/** Where parts make no file, all of them are asked for anew when a person tries again: they may have changed meanwhile. */
async function finish(
  { nameFor }: PrepareOptions,
  { plan, wanted, folder }: Pick<Step, 'plan' | 'wanted' | 'folder'>,
  job: Job,
): Promise<Result<Prepared>> {
  const { parts } = plan;
  const files = parts
    .filter(({ result }) => result?.kind === 'csv')
    .map((part) => ({ from: part.from, to: part.to, path: folder.pathOf(part, 'csv') }));
  const tables = await tablesOf(files);
  const entries = madeOf(plan, tables, wanted, nameFor);
  if (!entries.ok) {
    await job.note(JSON.stringify(newPlan(plan.version, wanted)));
    return entries;
  }
  const [only] = entries.value;
  if (only && entries.value.length === 1) return ok({ kind: 'made', bytes: only.bytes });
  await job.note(JSON.stringify({ ...plan, isSeparate: true }));
  const name = nameFor(wanted).replace(/\.csv$/, '.zip');
  return ok({ kind: 'made', bytes: () => zipTables(entries.value), name });
}

/** The files that the parts make: one, where they have the same columns. */
function madeOf(
  { parts }: Plan,
  tables: readonly Table[],
  wanted: WantedFile,
  nameFor: PrepareOptions['nameFor'],
): Result<readonly ZipEntry[]> {
  if (tables.length === 0) {
    const reasons = parts.flatMap(({ result }) => (result?.kind === 'none' ? [result.why] : []));
    return failed(failure('no-data', [...new Set(reasons)].join(', ')));
  }
  const entries: ZipEntry[] = [];
  for (const { heading, files } of tables) {
    const columns = numberColumns(heading);
    if (!columns && isChosenHere(wanted)) {
      const why = `download: a heading without callfrom and callto: ${heading}`;
      return failed(failure('unusable-answer', why));
    }
    const extensions = wanted.extensions.split(',');
    const chosen =
      columns && isChosenHere(wanted) ? { extensions, columns, hasHeading: heading !== null } : null;
    const [from = wanted.from, to = wanted.to] = [files[0]?.from, files.at(-1)?.to];
    entries.push({ name: nameFor({ ...wanted, from, to }), bytes: () => joinParts(files, chosen) });
  }
  return ok(entries);
}
