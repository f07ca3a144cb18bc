import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { createTokenKeeper } from '../../credentials/token-keeper.ts';
import { isLoopback } from '../../network/host-guard.ts';
import type { Page, Session, SessionOptions } from '../provider.ts';
import { ownTimeZone } from '../time-zone-list.ts';
import { countRows } from './count-rows.ts';
import { ways } from './declaration.ts';
import { isOwnRefusal, lineOf } from './explain-answer.ts';
import { createFeed } from './feed.ts';
import { createGrants } from './grants.ts';
import { listFiles } from './listed-files.ts';
import { createPace, localSpacing, type Spacing, serviceSpacing } from './pace.ts';
import { notesOf, readPace, readPlan } from './plan.ts';
import { createPrepareFile } from './prepare-file.ts';
import { createServerTime } from './server-time.ts';
import { newestAt } from './spans.ts';
import { titleOf } from './title.ts';

/** The window that a personal token is tried with. */
const TRIAL_MS = 60_000;

/** A conversation with Webex Calling. Sends nothing until something is asked. */
export function createSession(options: SessionOptions, spacing = spacingFor(options.serverAddress)): Session {
  const { serverAddress, fields, http, clock, remember } = options;
  const accountName = fields.accountName?.trim() ?? '';
  const time = createServerTime(clock);
  const grants = createGrants({ ...options, time });
  const tokens = createTokenKeeper({ obtain: grants.obtain, clock });
  const pace = createPace(spacing, () => clock.now());
  const keptPace = readPace(fields.pace);
  if (keptPace) pace.restore(keptPace);
  const { region = '', movedFrom = '' } = fields;
  const feed = createFeed({ serverAddress, region, movedFrom, http, tokens, time, remember });

  let isTimeAsked = false;

  async function keepPace(): Promise<void> {
    await remember?.({ pace: JSON.stringify(pace.state()) });
  }

  /**
   * Signing in tells the time, so there is nothing to do but after a restart. A personal token is handed out without
   * asking anybody.
   */
  async function learnTime(signal: AbortSignal): Promise<Result<null>> {
    if (time.isKnown || isTimeAsked) return ok(null);
    const isToken = fields.way === ways.token;
    // Too early for a request: the next call finds it out.
    if (isToken && pace.waitMs() > 0) return ok(null);
    const asked = isToken ? await tryToken(signal) : await tokens.get(signal);
    if (!asked.ok) return asked;
    // An answer without the time must not be asked for again and again.
    isTimeAsked = true;
    return ok(null);
  }

  /** A personal token is only known to work when the service has taken it. */
  async function tryToken(signal: AbortSignal): Promise<Result<null>> {
    if (pace.waitMs() > 0) return ok(null);
    pace.asked();
    await keepPace();
    const to = newestAt(time.now());
    const answer = await feed.ask(feed.firstPage({ from: to - TRIAL_MS, to }), signal);
    if (!answer.ok) return answer;
    if (answer.value.kind === 'page') return ok(null);
    const { failure: why, said } = answer.value;
    // It has taken the token, and objects to the time: from its answer on, that is the service's.
    if (why.status === 400 && isOwnRefusal(400, said)) return ok(null);
    if (why.status !== 429) return failed(why);
    pace.refused(why.retryAfterMs);
    await keepPace();
    return ok(null);
  }

  return {
    // Slices of several files would only wait for one another.
    filesAtOnce: 1,

    async signIn(signal) {
      let token = await tokens.get(signal);
      if (!token.ok && token.failure.code === 'sign-in-refused' && grants.canAsk) {
        const agreed = await grants.consent(signal);
        if (!agreed.ok) return agreed;
        tokens.reset();
        token = await tokens.get(signal);
      }
      if (!token.ok) return token;
      return fields.way === ways.token ? tryToken(signal) : ok(null);
    },

    signInEndsAt: grants.endsAt,
    clockOffMs: () => time.offMs,

    lookup: async (reportId, fieldId) =>
      failed(failure('bad-criteria', `nothing to look up for ${reportId}.${fieldId}`)),

    title: titleOf,

    async listPage(question, _cursor, signal): Promise<Result<Page>> {
      const timeZone = fields.timeZone || ownTimeZone();
      const list = () =>
        listFiles(question, { accountName, now: time.now(), spacingMs: pace.spacingMs(), timeZone });
      const guessed = list();
      if (!guessed.ok) {
        return failed({ subject: titleOf(question.reportId, question.criteria), ...guessed.failure });
      }
      const learnt = await learnTime(signal);
      if (!learnt.ok) return learnt;
      const files = list();
      if (!files.ok) return files;
      return ok({ files: files.value, next: null, announced: files.value.length });
    },

    prepareFile: createPrepareFile({ feed, pace, clock, time, learnTime, keepPace }),

    fileRequest: async () => failed(failure('no-link', 'the service has no file to ask for')),

    async renew(refused, signal) {
      tokens.refused(refused.headers.authorization?.replace(/^Bearer /, '') ?? '');
      const token = await tokens.get(signal);
      return token.ok ? ok(null) : token;
    },

    explainFile: (file, answer) => ({
      ...failure('unexpected-status', lineOf('file', answer, ''), { status: answer.status }),
      subject: file.name,
    }),

    async inspectFile(_reportId, path, notes) {
      const plan = readPlan(notes);
      // The service gives neither size nor checksum: what can be told is how many records came (spec 8.17).
      const inside = { rows: await countRows(path), first: null, last: null };
      return [...(plan ? notesOf(plan) : (['rows-are-legs'] as const)), inside];
    },
  };
}

/** The spacing that the service asks for; a service on this computer is sample data, which nobody has to wait for. */
const spacingFor = (serverAddress: string): Spacing =>
  isLoopback(new URL(serverAddress).hostname) ? localSpacing : serviceSpacing;
