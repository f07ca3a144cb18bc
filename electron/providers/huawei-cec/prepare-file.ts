/**
 * From a listed file to a name that can be asked for. A file that the service has to make is asked for once and then
 * looked for under the names that it may have; each look is the download itself (spec 8.6 to 8.10).
 *
 * | so long after the order         | a file that is not there                                                     |
 * |---------------------------------|------------------------------------------------------------------------------|
 * | up to half an hour              | is looked for again by itself                                                |
 * | later                           | is `not-made-yet`: each further try looks for it once under all of its names |
 * | from a day on, at a further try | is `made-file-gone`: nothing more happens unless a person tries again        |
 *
 * Only that last try orders it anew, after its words have said so: nothing else does once there is an id (spec 8.9). That
 * it is gone is noted right before it is told, so there is one order for each time that the person was told.
 */
import { addDays, type Day } from '../../contract/calendar.ts';
import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { FileToPrepare, Job, Prepared } from '../provider.ts';
import type { TimeZone } from '../time-zone.ts';
import { billFileName, daysToTry, dayToTry, isBillFileName, isGuessedDay } from './bill-file-name.ts';
import { readEnvelope } from './envelope.ts';
import { codes, describe, explainEnvelope, explainOther, isBusy, refusesName } from './explain-answer.ts';
import { answerLost, type createGenerate } from './generate.ts';
import { type Asking, type Making, readNotes, writeNotes } from './job-notes.ts';
import { type Link, readLink, writeLink } from './links.ts';
import { type createBusyPauses, FIRST_POLL_MS, GONE_AFTER_MS, LOST_ANSWER_MS, pauseAfter } from './pauses.ts';

export interface PreparerOptions {
  readonly clock: Clock;
  readonly zone: TimeZone;
  readonly generate: ReturnType<typeof createGenerate>;
  readonly busy: ReturnType<typeof createBusyPauses>;
}

/** A file that was asked for under one of its names, and what came of that. */
interface Look {
  readonly making: Making;
  /** The service has answered that there is no file of this name. */
  readonly inVain: boolean;
  /** It is not to be asked for again until `pauseMs` after `at`. */
  readonly at: number;
  readonly pauseMs: number;
  /** The days that it was looked for under, in vain, since it was last tried again. */
  readonly tried: ReadonlySet<Day>;
  /** It is not expected any more, which is still to be noted and told. */
  readonly isGone: boolean;
}

/** Before what is to be done at once. */
const AT_ONCE_MS = 0;
const noDays: ReadonlySet<Day> = new Set();

/** While another file is asked for: one at a time (spec 8.12). */
const NEXT_TURN_MS = 1000;
const DAY_MS = 86_400_000;

export function createPreparer({ clock, zone, generate, busy }: PreparerOptions) {
  /** The last look for each file. What is lost of it when the program ends is one look more. */
  const looks = new Map<string, Look>();
  let generating = false;

  const rest = (
    file: FileToPrepare,
    { tried = noDays, isGone = false, ...look }: Pick<Look, 'making' | 'inVain' | 'pauseMs'> & Partial<Look>,
  ) => looks.set(file.fileId, { ...look, tried, isGone, at: clock.now() });

  async function make(
    file: FileToPrepare,
    link: Link & { kind: 'make' },
    job: Job,
    signal: AbortSignal,
  ): Promise<Result<Prepared>> {
    if (generating) return failed(waitsForTurn());
    generating = true;
    try {
      const making = await generate(link, job, signal);
      if (!making.ok) return making;
      rest(file, { making: making.value, inVain: false, pauseMs: FIRST_POLL_MS });
      return await look(file, making.value, job);
    } finally {
      generating = false;
    }
  }

  async function look(file: FileToPrepare, noted: Making, job: Job): Promise<Result<Prepared>> {
    if (!isBillFileName(nameOf(noted))) return failed(nameless(noted));
    const last = lastLook(file, noted);
    if (last?.isGone) return giveUp(file, noted, job);
    const waitMs = last ? leftOf(last.pauseMs, last.at, clock.now()) : 0;
    if (waitMs > 0) return failed(beingMade(madeText(noted), waitMs, 1));
    const making = last?.inVain ? { ...noted, polls: noted.polls + 1 } : noted;
    const notes = writeNotes(making);
    if (notes !== job.notes) await job.note(notes);
    rest(file, { making, inVain: false, pauseMs: 0, tried: last?.tried ?? noDays });
    const name = nameOf(making);
    return ok({ kind: 'link', link: writeLink({ kind: 'name', name }), name });
  }

  /** The same file may be fetched into another folder too, of another order. */
  function lastLook({ fileId }: FileToPrepare, { responseId }: Making): Look | undefined {
    const last = looks.get(fileId);
    return last?.making.responseId === responseId ? last : undefined;
  }

  async function giveUp(file: FileToPrepare, { responseId }: Making, job: Job): Promise<Result<never>> {
    await job.note(writeNotes({ state: 'gone', responseId }));
    looks.delete(file.fileId);
    return failed(failure('made-file-gone', `downloadBillFile: no file of ${responseId} under any day`));
  }

  const nameOf = ({ askedAt, polls, responseId }: Making): string =>
    billFileName(dayToTry(askedAt, polls, zone), responseId);

  function explainVain(file: FileToPrepare, { making, tried: before }: Look, detail: string): Failure {
    const { askedAt, polls, since } = making;
    const waitedMs = clock.now() - since;
    const tried = new Set([...before, dayToTry(askedAt, polls, zone)]);
    const namesLeft = daysToTry(askedAt, zone).some((day) => !tried.has(day));
    const pauseMs = pauseAfter({ polls, waitedMs, namesLeft });
    const isOver = pauseMs === null;
    const isLate = isOver && waitedMs >= GONE_AFTER_MS;
    // What somebody else has ordered can't be ordered anew: nobody knows what it is of.
    const isGone = isLate && readLink(file.link)?.kind !== 'response';
    rest(file, { making, inVain: true, pauseMs: pauseMs ?? 0, tried: isOver ? noDays : tried, isGone });
    if (isGone) return beingMade(detail, AT_ONCE_MS, 1);
    if (pauseMs !== null) return beingMade(detail, pauseMs, 1);
    return failure(isLate ? 'not-found' : 'not-made-yet', detail, { status: 200 });
  }

  /** A file that somebody else asked for, some time on a day of the tenant. */
  function handedIn({ responseId, day }: Link & { kind: 'response' }): Making {
    const noon = zone.startOf(day) + DAY_MS / 2;
    const since = Math.min(clock.now(), zone.startOf(addDays(day, 1)));
    return { state: 'making', responseId, askedAt: noon, since, polls: 0, provisional: false };
  }

  /** Where the clock was set back since, nobody knows how long it was: the wait begins anew. */
  async function leftAfterLoss(asking: Asking, job: Job): Promise<number> {
    const now = clock.now();
    if (asking.at <= now) return leftOf(LOST_ANSWER_MS, asking.at, now);
    await job.note(writeNotes({ ...asking, at: now }));
    return LOST_ANSWER_MS;
  }

  return {
    async prepare(file: FileToPrepare, job: Job, signal: AbortSignal): Promise<Result<Prepared>> {
      const link = readLink(file.link);
      if (!link || link.kind === 'csv') return failed(failure('no-link', 'no link to a file of the service'));
      if (link.kind === 'name') return ok({ kind: 'link', link: file.link, name: link.name });
      const notes = readNotes(job.notes);
      if (notes.state === 'making') return look(file, notes, job);
      if (link.kind === 'response') return look(file, handedIn(link), job);
      const waitMs = notes.state === 'asking' ? await leftAfterLoss(notes, job) : 0;
      return waitMs > 0
        ? failed(answerLost(waitMs, 'the answer of the service was lost'))
        : make(file, link, job, signal);
    },

    /** What a body means that came in the file's place. */
    explain(file: FileToPrepare, body: string): Failure {
      const envelope = readEnvelope(body);
      if (!envelope) return explainOther('downloadBillFile', body);
      const busyMs = isBusy(envelope) ? busy.next() : undefined;
      if (busyMs === undefined) busy.over();
      const kind = readLink(file.link)?.kind;
      const last = kind === 'name' ? undefined : looks.get(file.fileId);
      const isGuessed = last !== undefined && isGuessedDay(last.making.polls);
      // A day that nobody has told us may be what the service does not take.
      const isOurDay =
        (isGuessed && refusesName(envelope)) || (kind === 'make' && envelope.code === codes.wrongDate);
      const isMissing = envelope.code === codes.noSuchFile || isOurDay;
      if (!last || (busyMs === undefined && !isMissing)) {
        return explainEnvelope('downloadBillFile', envelope, busyMs);
      }
      const detail = describe('downloadBillFile', envelope);
      if (busyMs !== undefined) {
        rest(file, { ...last, inVain: false, pauseMs: busyMs });
        return beingMade(detail, busyMs, 1);
      }
      return explainVain(file, last, detail);
    },
  };
}

/** What is left of a pause that began at `at`; nothing when the clock was set back since. */
const leftOf = (pauseMs: number, at: number, now: number): number =>
  at > now ? 0 : Math.max(0, at + pauseMs - now);

/** Of two steps: the service was asked for the file, and has made it. */
const steps = { total: 2, msLeft: null, unit: 'step' } as const;

const beingMade = (detail: string, retryAfterMs: number, done: number): Failure =>
  failure('being-made', detail, { retryAfterMs, progress: { ...steps, done } });

/** An id of another kind is as good, until no file is found by it (spec 8.16). */
const madeText = ({ responseId }: Making): string =>
  /^[0-9a-f]{32}$/i.test(responseId)
    ? 'the service makes it'
    : `the service makes it; an unusual response ID: ${responseId}`;

const nameless = ({ responseId }: Making): Failure =>
  failure('unusable-answer', `queryBillData: no file name fits the response ID ${responseId.slice(0, 200)}`);

const waitsForTurn = (): Failure =>
  failure('being-made', 'another file is asked for', {
    retryAfterMs: NEXT_TURN_MS,
    progress: { ...steps, done: 0, waits: true },
  });
