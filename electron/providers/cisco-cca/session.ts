import { addDays } from '../../contract/calendar.ts';
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { createTokenKeeper } from '../../credentials/token-keeper.ts';
import { nextTurn } from '../../lib/in-slices.ts';
import { createInTurn } from '../../lib/in-turn.ts';
import { type PageOf, pageThrough } from '../../lib/page-through.ts';
import { createHostGuard } from '../../network/host-guard.ts';
import type { FileRequest, ListedFile, Page, Question, Session, SessionOptions } from '../provider.ts';
import { commonHeaders, createAsk } from './ask.ts';
import { reportIds, trustedSuffixes } from './declaration.ts';
import { type Endpoint, endpointOf, pageUrl, sitesEndpoint } from './endpoints.ts';
import { explainFile } from './explain-answer.ts';
import { createObtainToken } from './obtain-token.ts';
import { type Listing, type ListingContext, readFiles, readSites } from './read-listing.ts';
import { isCompleteSiteListFile, siteListFile } from './site-list.ts';
import { titleOf } from './title.ts';
import { utcDay } from './wire-dates.ts';

/** A conversation with the CCA service. Sends nothing until something is asked. */
export function createSession({ serverAddress, fields, http, clock }: SessionOptions): Session {
  const trusts = createHostGuard({ base: new URL(serverAddress), trustedSuffixes });
  const tokens = createTokenKeeper({
    obtain: createObtainToken({ serverAddress, fields, http, clock }),
    clock,
  });
  const ask = createAsk({ http, tokens, trusts, clock });
  const readInTurn = createInTurn();

  /** One page of a list. The next one begins after the items that came: an answer's own `size` is known to lie. */
  async function askPage<T>(
    endpoint: Endpoint,
    cursor: string | null,
    read: (json: unknown) => Result<Listing<T>>,
    signal: AbortSignal,
  ): Promise<Result<PageOf<T>>> {
    const from = Number(cursor ?? 0);
    const json = await ask(endpoint.call, pageUrl(serverAddress, endpoint, from), signal);
    if (!json.ok) return json;
    // Several pages may arrive at the same moment; a thousand files take ten milliseconds to read.
    const listing = await readInTurn(() => nextTurn().then(() => read(json.value)));
    if (!listing.ok) return listing;
    const { items, count, total } = listing.value;
    return ok({ items, next: count === 0 ? null : String(from + count), announced: total });
  }

  async function listFiles(
    question: Question,
    cursor: string | null,
    signal: AbortSignal,
  ): Promise<Result<Page>> {
    const endpoint = endpointOf(question);
    if (!endpoint.ok) return endpoint;
    const { site } = question.criteria;
    const context: ListingContext = {
      content: question.reportId === reportIds.archives ? 'zip' : 'text',
      site: typeof site === 'string' ? site : null,
    };
    const page = await askPage(endpoint.value, cursor, (json) => readFiles(json, context), signal);
    if (!page.ok) return page;
    const { items, next, announced } = page.value;
    return ok({ files: items.map((file) => withWayBack(file, question, clock.now())), next, announced });
  }

  return {
    async signIn(signal) {
      const token = await tokens.get(signal);
      return token.ok ? ok(null) : token;
    },

    async lookup(reportId, fieldId, signal) {
      if (reportId !== reportIds.siteFiles || fieldId !== 'site') {
        return failed(failure('bad-criteria', `nothing to look up for ${reportId}.${fieldId}`));
      }
      const sites = await pageThrough({
        ask: (cursor) => askPage(sitesEndpoint, cursor, readSites, signal),
        idOf: (site) => site,
      });
      if (!sites.ok) return about(titleOf(reportId, {}), sites);
      return ok([...sites.value.items].sort(inReadingOrder));
    },

    title: titleOf,

    async listPage(question, cursor, signal): Promise<Result<Page>> {
      if (question.reportId === reportIds.siteList) {
        return ok({
          files: [siteListFile(serverAddress, question.criteria, clock.now())],
          next: null,
          announced: 1,
        });
      }
      const title = titleOf(question.reportId, question.criteria);
      return about(title, await listFiles(question, cursor, signal));
    },

    async fileRequest(link, content, signal): Promise<Result<FileRequest>> {
      const token = await tokens.get(signal);
      if (!token.ok) return token;
      return ok({
        method: 'GET',
        url: link,
        headers: {
          ...commonHeaders(token.value.value),
          accept: content === 'zip' ? 'application/zip' : 'text/csv',
          'accept-encoding': 'identity',
        },
        trusts,
      });
    },

    async renew(refused, signal) {
      const used = refused.headers.authorization?.replace(/^Bearer /, '') ?? '';
      tokens.refused(used);
      const token = await tokens.get(signal);
      if (!token.ok) return token;
      // The service may give the same token again; it would be refused again.
      return token.value.value === used
        ? failed(
            failure('access-lost', 'file: HTTP 401, and signing in gave the same token', { status: 401 }),
          )
        : ok(null);
    },

    explainFile: (file, answer) => explainFile(file, answer, clock.now()),

    async inspectFile(reportId, path) {
      if (reportId !== reportIds.siteList) return [];
      const complete = await isCompleteSiteListFile(path).catch(() => false);
      return complete ? [] : ['list-may-be-incomplete'];
    },
  };
}

const inReadingOrder = new Intl.Collator('en', { numeric: true }).compare;

/** Says what a failure was about, in the person's terms. */
const about = <T>(subject: string, result: Result<T>): Result<T> =>
  result.ok ? result : failed({ subject, ...result.failure });

/**
 * A file leaves the list of new files as soon as it was asked for, so it is found again by its creation date. Two
 * days wider on both sides: the service is known to list files by another day than the one it says. Not into the
 * future, which the service may refuse.
 */
function withWayBack(file: ListedFile, { reportId, criteria }: Question, now: number): ListedFile {
  if (criteria.which !== 'new' || !file.createdOn) return file;
  const created = utcDay(file.createdOn.time);
  const today = utcDay(now);
  const latest = addDays(created, 2);
  const period = { from: addDays(created, -2), to: latest > today && created <= today ? today : latest };
  return { ...file, findAgainWith: { reportId, criteria: { ...criteria, which: 'creation-date', period } } };
}
