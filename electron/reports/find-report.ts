import { localDay } from '../contract/calendar.ts';
import { checkCriteria, completeCriteria, shownFields } from '../contract/check-criteria.ts';
import { failure } from '../contract/failure.ts';
import type { Coverage, Criteria, FindProgress, FoundFiles, ReportDeclaration } from '../contract/report.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import { nextTurn } from '../lib/in-slices.ts';
import type { ListedFile, Question, Session } from '../providers/provider.ts';
import { type AskedParts, askParts } from './ask-parts.ts';
import { lookUp } from './look-up.ts';
import { missingPeriods } from './missing-periods.ts';
import { planParts } from './plan-parts.ts';
import { uniqueNames } from './unique-names.ts';

/** A found file with all that the main process needs to download it, and to find it again. */
export interface FoundEntry {
  readonly file: ListedFile;
  /** What lists the file again. */
  readonly question: Question;
  /** What it was listed for, in words; what lists it again may read differently. */
  readonly title: string;
  /** The days that it is of, or else the whole period that was asked for: `2026-10-01/2026-10-31`; null for none. */
  readonly period: string | null;
}

/** Everything that fits the criteria. */
export interface Found extends Omit<FoundFiles, 'listingId' | 'files'> {
  readonly entries: readonly FoundEntry[];
}

export interface FindOptions {
  readonly session: Session;
  readonly report: ReportDeclaration;
  readonly criteria: Criteria;
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  /** Stops it at once: failure `cancelled`. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Omit<FindProgress, 'findId'>) => void;
}

/**
 * Lists everything that fits the criteria: all pages of all parts. The answer is complete, or says in `coverage`
 * what it lacks. A value that fails among several asked (a site of all sites) does not take the others with it.
 */
export async function findReport(options: FindOptions): Promise<Result<Found>> {
  const { session, report, criteria, clock } = options;
  const problem = problemOf(report, criteria, clock);
  if (problem) return failed(failure('bad-criteria', problem, { subject: report.label }));

  const complete = completeCriteria(report, criteria);
  const parts = await planParts(report, complete, (fieldId) => lookUp(report.id, fieldId, options));
  if (!parts.ok) return parts;
  const asked = await askParts(parts.value, options);
  if (!asked.ok) return asked;

  const asks = periodOf(report, complete);
  const period = asks && `${asks.period.from}/${asks.period.to}`;
  const entries = await toEntries(asked.value.answers, session, period);
  await nextTurn();
  const files = entries.map((entry) => entry.file);
  const utcToday = new Date(clock.now()).toISOString().slice(0, 10);
  const missing = asks?.field.everyOneHasAFile ? missingPeriods(asks.period, files, utcToday) : [];
  await nextTurn();
  return ok({
    reportId: report.id,
    title: session.title(report.id, complete),
    period: asks?.period ?? null,
    entries,
    coverage: {
      missing,
      ...countOf(asked.value.answers),
      failedSites: asked.value.failures.map(({ value, failure: { code } }) => ({ site: value, code })),
    },
    ...(session.filesAtOnce !== undefined && { filesAtOnce: session.filesAtOnce }),
  });
}

function problemOf(report: ReportDeclaration, criteria: Criteria, clock: Clock): string | null {
  if (report.unavailable !== undefined) return 'the service does not offer it';
  const { problems } = checkCriteria(report, criteria, localDay(clock.now()));
  return problems.length === 0 ? null : problems.map(({ fieldId, code }) => `${fieldId}: ${code}`).join(', ');
}

/**
 * Each file once, oldest first, under a name of its own. The order and so the names do not depend on the service's. A
 * hundred thousand of them take a while, so others have their turn in between.
 */
async function toEntries(
  answers: AskedParts['answers'],
  session: Pick<Session, 'title'>,
  period: string | null,
): Promise<FoundEntry[]> {
  const byId = new Map<string, FoundEntry>();
  for (const { part, listing } of answers) {
    const title = session.title(part.question.reportId, part.question.criteria);
    for (const file of listing.items) {
      const ofFile = file.days ? `${file.days.from}/${file.days.to}` : period;
      byId.set(file.id, {
        file,
        title,
        period: ofFile,
        question: file.findAgainWith ?? part.question,
      });
    }
    await nextTurn();
  }
  const entries = [...byId.values()].sort((a, b) => inOrder(a.file, b.file));
  await nextTurn();
  const names = await uniqueNames(entries.map((entry) => entry.file.name));
  await nextTurn();
  return entries.map((entry, i) => renamed(entry, names[i] ?? entry.file.name));
}

const renamed = (entry: FoundEntry, name: string): FoundEntry =>
  entry.file.name === name ? entry : { ...entry, file: { ...entry.file, name } };

function inOrder(a: ListedFile, b: ListedFile): number {
  return (
    compare(a.nameDate ?? '', b.nameDate ?? '') ||
    (a.createdOn?.time ?? 0) - (b.createdOn?.time ?? 0) ||
    compare(a.name, b.name) ||
    compare(a.id, b.id)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The field of the asked period, and the period; null for a report without one. */
function periodOf(report: ReportDeclaration, criteria: Criteria) {
  for (const field of shownFields(report, criteria)) {
    const value = criteria[field.id];
    if ((field.kind === 'days' || field.kind === 'months') && typeof value === 'object') {
      const unit = field.kind === 'days' ? ('day' as const) : ('month' as const);
      return { field, period: { unit, from: value.from, to: value.to } };
    }
  }
  return null;
}

/** Counted part by part, so that one that listed too much does not hide one that listed too little. */
function countOf(answers: AskedParts['answers']): Pick<Coverage, 'announced' | 'listed'> {
  let announced = 0;
  let listed = 0;
  for (const { listing } of answers) {
    const atLeast = listing.items.length + (listing.reachedEnd ? 0 : 1);
    announced += Math.max(listing.announced, atLeast);
    listed += listing.items.length;
  }
  return { announced, listed };
}
