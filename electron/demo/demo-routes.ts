import type { IncomingHttpHeaders } from 'node:http';
import type { Day } from '../contract/calendar.ts';
import { type Answer, bytesAnswer, jsonAnswer, refusal } from './answer.ts';
import {
  creationDay,
  envelope,
  type FileListing,
  listFiles,
  readPage,
  readPeriod,
  within,
} from './demo-listings.ts';
import type { DemoTokens } from './demo-tokens.ts';
import { fileAnswer } from './file-answer.ts';
import { peakLevels } from './sample-peak-ports.ts';
import { lastSiteUpdate } from './sample-sites.ts';
import type { SampleStore } from './sample-store.ts';
import type { SampleFile, SampleYear } from './sample-year.ts';
import { wireStamp } from './wire-format.ts';

/** A request as the routes see it. */
export interface DemoCall {
  readonly method: string;
  /** Below the server address, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: () => Promise<string>;
  /** Aborted when the exchange is over, one way or the other. */
  readonly over: AbortSignal;
}

export interface DemoRoutesOptions {
  readonly today: Day;
  readonly address: string;
  readonly year: SampleYear;
  readonly store: SampleStore;
  readonly tokens: DemoTokens;
}

/** Attempts on one file, after which the service gives it no more. */
const MOST_ATTEMPTS = 999;

const badParameter = refusal(406, 'bad parameter');
const notFound = refusal(404, 'not found');

const meetingDates = ['startDate', 'endDate'] as const;
const creationDates = ['creationStartDate', 'creationEndDate'] as const;
const creationMonths = ['creationStartMonth', 'creationEndMonth'] as const;

/** The Cisco CDR service's answers, version 1 of its paths, over the sample year. */
export function createDemoRoutes({ today, address, year, store, tokens }: DemoRoutesOptions) {
  const attempts = new Map<string, number>();
  const downloaded = new Set<string>();
  const attemptsOf = (file: SampleFile): number => attempts.get(file.id) ?? 0;
  const byName: FileListing = { store, address, attempts: attemptsOf, named: 'by-name' };
  const byMetadata: FileListing = { ...byName, named: 'by-metadata' };

  const answerList = async (
    files: readonly SampleFile[],
    call: DemoCall,
    listing: FileListing,
  ): Promise<Answer> => {
    const page = readPage(call.query);
    return page ? jsonAnswer(200, await listFiles(files, page, listing, call.over)) : badParameter;
  };

  const listSites = (call: DemoCall): Answer => {
    const page = readPage(call.query);
    if (!page) return badParameter;
    const items = year.sites.slice(page.from, page.from + page.size).map((site) => ({
      siteName: site.name,
      lastSiteUpdate: wireStamp(lastSiteUpdate(site, today)),
    }));
    return jsonAnswer(200, envelope(year.sites.length, page, items.length, items));
  };

  const listArchives = async (call: DemoCall): Promise<Answer> => {
    const period = readPeriod(call.query, creationDates, { unit: 'day', required: true });
    if (!period) return badParameter;
    return answerList(
      year.archives.filter((file) => within(period, file.period)),
      call,
      byName,
    );
  };

  const listPeakFiles = async (call: DemoCall, frequency: 'daily' | 'monthly'): Promise<Answer> => {
    const level = peakLevels.find((known) => known === call.query.get('level'));
    const period =
      frequency === 'daily'
        ? readPeriod(call.query, creationDates, { unit: 'day', required: true })
        : readPeriod(call.query, creationMonths, { unit: 'month', required: true });
    if (!level || !period) return badParameter;
    const files = frequency === 'daily' ? year.peakDaily[level] : year.peakMonthly[level];
    return answerList(
      files.filter((file) => within(period, file.period)),
      call,
      byName,
    );
  };

  /** One path, three meanings: by meeting date, by creation date, or without any date the new files only. */
  const listSiteFiles = async (call: DemoCall, site: string | null): Promise<Answer> => {
    const files = site === null ? undefined : year.bySite.get(site);
    const asks = (names: readonly string[]) => names.some((name) => call.query.has(name));
    const type = call.query.get('type') ?? 'daily';
    if (!files || type !== 'daily' || (asks(meetingDates) && asks(creationDates))) return badParameter;
    if (!asks(meetingDates) && !asks(creationDates)) {
      const fresh = files.filter((file) => !downloaded.has(file.id));
      return answerList(fresh, call, { ...byMetadata, oddLinks: true });
    }
    const names = asks(meetingDates) ? meetingDates : creationDates;
    const period = readPeriod(call.query, names, { unit: 'day', required: false });
    if (!period) return badParameter;
    const dayOf = asks(meetingDates) ? (file: SampleFile) => file.period : creationDay;
    return answerList(
      files.filter((file) => within(period, dayOf(file))),
      call,
      byMetadata,
    );
  };

  const sendFile = async (file: SampleFile, headers: IncomingHttpHeaders): Promise<Answer> => {
    if (attemptsOf(file) >= MOST_ATTEMPTS) return refusal(403, 'download attempts exceeded the maximum');
    attempts.set(file.id, attemptsOf(file) + 1);
    const { md5, size } = await store.facts(file);
    const bytes = await store.content(file);
    const answer = fileAnswer({ bytes, contentType: file.contentType, etag: `"${md5}"` }, headers);
    const reachesEnd =
      answer.status === 200 || answer.headers['content-range']?.endsWith(`-${size - 1}/${size}`);
    return reachesEnd ? { ...answer, sent: () => downloaded.add(file.id) } : answer;
  };

  return async (call: DemoCall): Promise<Answer> => {
    if (call.path === '/v1/oauth/token') {
      return call.method === 'POST' ? tokens.signIn(await call.body()) : notFound;
    }
    const refused = tokens.refuse(call.headers.authorization, call.over);
    if (refused) return refused;
    if (call.method !== 'GET') return notFound;
    switch (call.path) {
      case '/v1/cdr':
        return listSites(call);
      case '/v1/cdr/daily/compression/files':
        return listArchives(call);
      case '/v1/peakport/daily':
        return listPeakFiles(call, 'daily');
      case '/v1/peakport/monthly':
        return listPeakFiles(call, 'monthly');
      case '/v1/cca-site':
        return bytesAnswer(200, 'text/csv', year.siteList);
    }
    const file = year.byPath.get(samePath(call.path));
    if (file) return sendFile(file, call.headers);
    const site = call.path.match(/^\/v1\/cdr\/([^/]+)$/)?.[1];
    return site ? listSiteFiles(call, decode(site)) : notFound;
  };
}

/** One way of writing a path out of several that mean the same: `%2d` and `-`, `%c3` and `%C3`. */
const samePath = (path: string): string =>
  path
    .split('/')
    .map((segment) => encodeURIComponent(decode(segment) ?? ''))
    .join('/');

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
