/** The files of a period: one for each slice that the service can make, or one CSV that is made of them all. */
import { addDays, type Range } from '../../contract/calendar.ts';
import type { Criteria } from '../../contract/report.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { ListedFile } from '../provider.ts';
import type { TimeZone } from '../time-zone.ts';
import { cutPeriod, type TimesIn, timesOf, timesOfSlice } from './cut-period.ts';
import type { BillQuery } from './links.ts';
import { bad, listed, readPeriod, text } from './listed.ts';

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

/** Failure `bad-criteria` where something is missing or unknown. */
export function listRecords(criteria: Criteria, { zone, timesIn }: Calendar): Result<ListedFile[]> {
  const dataType = text(criteria.dataType);
  const period = readPeriod(criteria);
  if (!dataTypes[dataType]) return bad('no such kind of records');
  if (!period) return bad('no period');
  const filters = Object.entries({ accountId: text(criteria.accountId), agentId: text(criteria.agentId) });
  const chosen = Object.fromEntries(filters.filter(([, value]) => value !== ''));
  const wanted = (days: Range, type: string, times = timesOf(days, timesIn, zone)): Wanted => ({
    days,
    query: { ...times, dataType: type, ...chosen },
    until: zone.startOf(addDays(days.to, 1)),
  });
  if (text(criteria.files) !== 'csv') {
    return ok(cutPeriod(period, zone, 'apart').map((days) => zipOf(wanted(days, dataType))));
  }
  // Calls and recordings have other columns, so they are no one table.
  const tables = (['call', 'record'] as const).filter((table) => dataType.split('_').includes(table));
  return ok(
    tables.map((table) => {
      const parts = cutPeriod(period, zone, 'meeting').map((days) =>
        wanted(days, table, timesOfSlice(days, period, 'meeting', timesIn, zone)),
      );
      return csvOf(table, wanted(period, table), parts, criteria);
    }),
  );
}

/** What of some days the service is asked for. They are over at `until`, milliseconds since 1970, UTC. */
interface Wanted {
  readonly days: Range;
  readonly query: BillQuery;
  readonly until: number;
}

/** In the end it gets the name that the service gives it. */
function zipOf({ days, query, until }: Wanted): ListedFile {
  return listed({ kind: 'make', query, until }, `${nameOf(query, days)}.zip`, {
    id: idOf(query),
    nameDate: days.from,
    days,
    makingMs: MAKING_MS,
  });
}

function csvOf(
  table: 'call' | 'record',
  { days, query }: Wanted,
  parts: readonly Wanted[],
  criteria: Criteria,
): ListedFile {
  const [bom, safe] = [text(criteria.bom) !== 'no', text(criteria.safe) === 'yes'];
  const slices = parts.map((part) => ({ query: part.query, until: part.until }));
  const asked = { begin: query.beginTime, end: query.endTime };
  return listed({ kind: 'csv', table, bom, safe, slices, asked }, `${nameOf(query, days)}.csv`, {
    id: `csv${bom ? '-bom' : ''}${safe ? '-safe' : ''}|${idOf(query)}`,
    nameDate: days.from,
    days,
    makingMs: slices.length * MAKING_MS,
    content: 'text',
  });
}

const filtersIn = ({ accountId, agentId }: BillQuery) =>
  Object.entries({ accountId, agentId }).filter(([, value]) => value !== undefined);

const idOf = (query: BillQuery): string =>
  [
    ...[query.dataType, query.beginTime, query.endTime],
    ...filtersIn(query).map((filter) => filter.join('=')),
  ].join('|');

const nameOf = (query: BillQuery, { from, to }: Range): string => {
  const days = from === to ? from : `${from}_${to}`;
  return [dataTypes[query.dataType], days, ...filtersIn(query).map(([, value]) => value)].join('_');
};
