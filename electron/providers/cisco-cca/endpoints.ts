/** The addresses of the CCA service: paths and queries below the server address. */
import { isDay, isMonth, type Range } from '../../contract/calendar.ts';
import { failure } from '../../contract/failure.ts';
import { ALL, type Criteria } from '../../contract/report.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Question } from '../provider.ts';
import { reportIds } from './declaration.ts';
import { toQueryDay, toQueryMonth } from './wire-dates.ts';

/** What is asked for, as far as the meaning of an answer depends on it. */
export type Call = 'sign-in' | 'sites' | 'site-files' | 'archives' | 'peak-port' | 'file';

export interface Endpoint {
  readonly call: Call;
  /** Below the server address, without a slash in front. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

export const TOKEN_PATH = 'v1/oauth/token';
export const SITE_LIST_PATH = 'v1/cca-site';
export const sitesEndpoint: Endpoint = { call: 'sites', path: 'v1/cdr', query: {} };

/** The most items that the service gives on one page. */
const PAGE_SIZE = 1000;

/** The full address. `address` has no slash at its end. */
export const urlBelow = (address: string, path: string): string => `${address}/${path}`;

/** The address of the page that begins with item number `from`. */
export function pageUrl(address: string, endpoint: Endpoint, from: number): string {
  const query = new URLSearchParams({ ...endpoint.query, from: String(from), size: String(PAGE_SIZE) });
  return `${urlBelow(address, endpoint.path)}?${query}`;
}

/** Where a question is asked. Failure `bad-criteria` when it cannot be put to the service at all. */
export function endpointOf(question: Question): Result<Endpoint> {
  const { reportId, criteria } = question;
  if (reportId === reportIds.archives) return archives(criteria);
  if (reportId === reportIds.siteFiles) return siteFiles(criteria);
  if (reportId === reportIds.peakPort) return peakPort(criteria);
  return bad(`no list for report ${reportId}`);
}

function archives(criteria: Criteria): Result<Endpoint> {
  const dates = creationDays(criteria);
  return dates.ok
    ? ok({ call: 'archives', path: 'v1/cdr/daily/compression/files', query: dates.value })
    : dates;
}

/**
 * One path with three meanings: without dates it lists new files only, so dates are never left out by accident,
 * and the two pairs of dates are never mixed.
 */
function siteFiles(criteria: Criteria): Result<Endpoint> {
  const { site, which } = criteria;
  const segment = typeof site === 'string' ? pathSegment(site) : null;
  if (segment === null) return bad('not the name of one site');
  const endpoint = { call: 'site-files', path: `v1/cdr/${segment}` } as const;
  const type = { type: 'daily' };
  if (which === 'new') return ok({ ...endpoint, query: type });
  const dates =
    which === 'meeting-date'
      ? queryRange(criteria.period, 'startDate', 'endDate', isDay, toQueryDay)
      : which === 'creation-date'
        ? creationDays(criteria)
        : bad('no such kind of site files');
  return dates.ok ? ok({ ...endpoint, query: { ...type, ...dates.value } }) : dates;
}

function peakPort(criteria: Criteria): Result<Endpoint> {
  const { level, frequency } = criteria;
  if (level !== 'site' && level !== 'customer' && level !== 'partner') return bad('no such level');
  if (frequency !== 'daily' && frequency !== 'monthly') return bad('no such frequency');
  const dates =
    frequency === 'daily'
      ? creationDays(criteria)
      : queryRange(criteria.months, 'creationStartMonth', 'creationEndMonth', isMonth, toQueryMonth);
  if (!dates.ok) return dates;
  return ok({ call: 'peak-port', path: `v1/peakport/${frequency}`, query: { level, ...dates.value } });
}

const creationDays = (criteria: Criteria) =>
  queryRange(criteria.period, 'creationStartDate', 'creationEndDate', isDay, toQueryDay);

function queryRange(
  value: string | Range | undefined,
  fromName: string,
  toName: string,
  isValid: (text: string) => boolean,
  toQuery: (text: string) => string,
): Result<Record<string, string>> {
  if (typeof value !== 'object' || !isValid(value.from) || !isValid(value.to)) return bad('no period');
  if (value.from > value.to) return bad('the period ends before it begins');
  return ok({ [fromName]: toQuery(value.from), [toName]: toQuery(value.to) });
}

/** One percent-encoded path segment; null for names that no address can carry: empty, `.`, `..`, half characters. */
function pathSegment(name: string): string | null {
  if (name === ALL || name.trim() === '' || name === '.' || name === '..' || /\p{Cs}/u.test(name))
    return null;
  return encodeURIComponent(name);
}

const bad = (detail: string) => failed(failure('bad-criteria', detail));
