/** The service lists nothing: what is found are the files that it can be asked for (spec 1). */
import { addDays, isDay, type Range } from '../../contract/calendar.ts';
import { failure } from '../../contract/failure.ts';
import type { Criteria } from '../../contract/report.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { safeFileName } from '../../lib/safe-file-name.ts';
import type { ListedFile, Question } from '../provider.ts';
import { billFileName, dayInName, isBillFileName, readResponseId } from './bill-file-name.ts';
import { cutPeriod, type TimesIn, timesOf } from './cut-period.ts';
import { type Link, writeLink } from './links.ts';
import { reportIds } from './reports.ts';
import type { TimeZone } from './time-zone.ts';

export interface Calendar {
  readonly zone: TimeZone;
  readonly timesIn: TimesIn;
}

const dataTypes: Readonly<Record<string, string>> = {
  call: 'calls',
  record: 'recordings',
  call_record: 'calls-and-recordings',
};

/** Made up: nobody says how long it takes. The first look is after fifteen seconds, the next after thirty more. */
const MAKING_MS = 45_000;

/** Failure `bad-criteria` for a question that can't be put to the service. */
export function listFiles({ reportId, criteria }: Question, calendar: Calendar): Result<ListedFile[]> {
  if (reportId === reportIds.records) return listSlices(criteria, calendar);
  if (reportId === reportIds.byName) return listName(criteria);
  if (reportId === reportIds.byResponse) return listResponse(criteria);
  return bad(`no list for report ${reportId}`);
}

function listSlices(criteria: Criteria, { zone, timesIn }: Calendar): Result<ListedFile[]> {
  const dataType = text(criteria.dataType);
  const kind = dataTypes[dataType];
  const period = readPeriod(criteria);
  if (!kind || !period) return bad(kind ? 'no period' : 'no such kind of records');
  const filters = Object.entries({ accountId: text(criteria.accountId), agentId: text(criteria.agentId) });
  const chosen = filters.filter(([, value]) => value !== '');
  return ok(
    cutPeriod(period, zone).map((slice) => {
      const query = { ...timesOf(slice, timesIn, zone), dataType, ...Object.fromEntries(chosen) };
      const days = slice.from === slice.to ? slice.from : `${slice.from}_${slice.to}`;
      return listed(
        { kind: 'make', query, until: zone.startOf(addDays(slice.to, 1)) },
        [kind, days, ...chosen.map(([, value]) => value)].join('_'),
        {
          id: [dataType, query.beginTime, query.endTime, ...chosen.map((filter) => filter.join('='))].join(
            '|',
          ),
          nameDate: slice.from,
          days: slice,
          makingMs: MAKING_MS,
        },
      );
    }),
  );
}

function listName(criteria: Criteria): Result<ListedFile[]> {
  const name = text(criteria.fileName);
  if (!isBillFileName(name)) return bad('not the name of a file of this service');
  return ok([listed({ kind: 'name', name }, name, { id: name, nameDate: dayInName(name) })]);
}

function listResponse(criteria: Criteria): Result<ListedFile[]> {
  const responseId = readResponseId(text(criteria.responseId));
  const day = readPeriod(criteria)?.from;
  if (responseId === null || day === undefined) return bad('no response ID or no day');
  const name = billFileName(day, responseId);
  return ok([listed({ kind: 'response', responseId, day }, name, { id: name, nameDate: day })]);
}

const text = (value: Criteria[string] | undefined): string => (typeof value === 'string' ? value.trim() : '');

function readPeriod({ period }: Criteria): Range | null {
  if (typeof period !== 'object' || !isDay(period.from) || !isDay(period.to)) return null;
  return period.from <= period.to ? period : null;
}

const bad = (detail: string) => failed(failure('bad-criteria', detail));

const listed = (
  link: Link,
  name: string,
  more: Pick<ListedFile, 'id' | 'nameDate' | 'days' | 'makingMs'>,
): ListedFile => ({
  name: safeFileName(name.endsWith('.zip') ? name : `${name}.zip`),
  size: null,
  md5: null,
  createdOn: null,
  expiresOn: null,
  site: null,
  attempts: null,
  downloadable: true,
  link: writeLink(link),
  content: 'zip',
  ...more,
});
