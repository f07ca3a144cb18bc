/** The files that a question stands for. The service has none: they are made here, so they are worked out, not asked for. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  addDays,
  type Day,
  daysIn,
  firstDayOf,
  isDay,
  lastDayOf,
  monthOf,
  monthsIn,
} from '../../contract/calendar.ts';
import { failure } from '../../contract/failure.ts';
import type { Criteria } from '../../contract/report.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { ListedFile, Question } from '../provider.ts';
import { createTimeZone } from '../time-zone.ts';
import { CALLS_REPORT, KEPT_DAYS } from './declaration.ts';
import { cutSpan, DAY_MS, newestAt, OVERLAP_MS, oldestAt, type Span, toNameStamp } from './spans.ts';
import { parseJson } from './wire.ts';

const linkSchema = z.object({
  from: z.number(),
  to: z.number(),
  format: z.enum(['csv', 'jsonl']),
  bom: z.boolean(),
  safe: z.boolean(),
  locations: z.array(z.string()),
});

/** What a file is to hold and how it is written; the link of a listed file, as JSON. */
export type WantedFile = Readonly<z.infer<typeof linkSchema>>;

/** Null for a link of another version. */
export function readLink(link: string): WantedFile | null {
  const read = linkSchema.safeParse(parseJson(link));
  return read.success ? read.data : null;
}

export interface ListOptions {
  readonly accountName: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  /** From one request to the next, in milliseconds. */
  readonly spacingMs: number;
  /** Whose days the days are (IANA). */
  readonly timeZone: string;
}

/**
 * A file for each day, or each month or part of one, that the service still has something of. Days begin and end where
 * they do in the time zone (spec 8.2). An unfinished period goes up to now. A file is found again as it was listed, in the
 * zone that it was listed in. Failure `bad-criteria` for what is no such question.
 */
export function listFiles({ reportId, criteria }: Question, options: ListOptions): Result<ListedFile[]> {
  const { period, format } = criteria;
  if (reportId !== CALLS_REPORT) return bad(`no report ${reportId}`);
  if (typeof period !== 'object' || !isDay(period.from) || !isDay(period.to) || period.from > period.to) {
    return bad('no period');
  }
  if (format !== 'csv' && format !== 'jsonl') return bad('no such format');
  const timeZone = typeof criteria.timeZone === 'string' ? criteria.timeZone : options.timeZone;
  const zone = createTimeZone(timeZone);
  if (!zone) return bad('no such time zone');
  const parts =
    criteria.per === 'day'
      ? daysIn(period).map((day) => ({ date: day, from: day, to: day }))
      : monthsIn({ from: monthOf(period.from), to: monthOf(period.to) }).map((month) => ({
          date: month,
          from: later(period.from, firstDayOf(month)),
          to: earlier(period.to, lastDayOf(month)),
        }));
  const latest = typeof criteria.until === 'string' ? Date.parse(criteria.until) : newestSecond(options.now);
  if (Number.isNaN(latest)) return bad('no such end');
  const files = parts.flatMap(({ date, from, to }) => {
    const end = zone.startOf(addDays(to, 1));
    const span: Span = { from: zone.startOf(from), to: Math.min(end, latest) };
    if (span.from >= span.to || span.to <= oldestAt(options.now, KEPT_DAYS * DAY_MS)) return [];
    const question = { ...criteria, timeZone, period: { from, to } };
    const asListed = span.to < end ? { ...question, until: new Date(span.to).toISOString() } : question;
    return [fileOf({ span, date, from, to, format, criteria, timeZone, options, findAgain: asListed })];
  });
  return ok(files);
}

function fileOf(file: {
  readonly span: Span;
  readonly date: string;
  readonly from: Day;
  readonly to: Day;
  readonly format: WantedFile['format'];
  readonly criteria: Criteria;
  readonly timeZone: string;
  readonly findAgain: Criteria;
  readonly options: ListOptions;
}): ListedFile {
  const { span, date, from, to, format, criteria, timeZone, findAgain, options } = file;
  const locations = readLocations(criteria.locations);
  const link: WantedFile = {
    ...span,
    format,
    bom: criteria.bom !== 'no',
    safe: criteria.safe === 'yes',
    locations,
  };
  const kind = format === 'csv' ? `csv${link.bom ? '-bom' : ''}${link.safe ? '-safe' : ''}` : format;
  const where = locations.length === 0 ? '' : `_${shortHash(JSON.stringify(locations))}`;
  const whose = timeZone === 'UTC' ? '' : `_${timeZone.replaceAll('/', '-')}`;
  const name = `webex-calling_cdr_${shortName(options.accountName)}_${toNameStamp(span.from)}_${toNameStamp(span.to)}`;
  return {
    id: `${CALLS_REPORT}_${from}_${to}${whose}_${kind}${where}`,
    name: `${name}.${format}`,
    size: null,
    md5: null,
    createdOn: null,
    expiresOn: null,
    nameDate: date,
    days: { from, to },
    span,
    site: null,
    attempts: null,
    downloadable: true,
    makingMs: (cutSpan(span).length + cutSpan({ from: 0, to: OVERLAP_MS }).length) * options.spacingMs,
    link: JSON.stringify(link),
    content: 'text',
    findAgainWith: { reportId: CALLS_REPORT, criteria: findAgain },
  };
}

/** Names may have commas in them, so they are separated by semicolons. */
function readLocations(typed: Criteria[string] | undefined): string[] {
  const names = typeof typed === 'string' ? typed.split(';').map((name) => name.trim()) : [];
  return [...new Set(names.filter((name) => name !== ''))].sort();
}

/** The account's name as a part of file names. */
const shortName = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 30)
    .replace(/^-+|-+$/g, '') || 'organization';

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const newestSecond = (now: number): number => Math.floor(newestAt(now) / 1000) * 1000;
const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
const bad = (detail: string) => failed(failure('bad-criteria', detail));
