/** A session with the imitation of Webex Calling, over real HTTP, with a clock that the test moves. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Criteria } from '../../../../electron/contract/report.ts';
import { ok, type Result } from '../../../../electron/contract/result.ts';
import {
  startWebexService,
  type WebexService,
  type WebexServiceOptions,
} from '../../../../electron/demo/webex-calling/webex-service.ts';
import type { Clock } from '../../../../electron/lib/clock.ts';
import { createConnectionBudget } from '../../../../electron/network/connection-budget.ts';
import type { HttpClient } from '../../../../electron/network/http.ts';
import { createHttpClient } from '../../../../electron/network/http-client.ts';
import type {
  BrowserConsent,
  FileToPrepare,
  Job,
  ListedFile,
  Prepared,
  Session,
} from '../../../../electron/providers/provider.ts';
import { createWebexCalling } from '../../../../electron/providers/webex-calling/index.ts';
import { serviceSpacing } from '../../../../electron/providers/webex-calling/pace.ts';
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts';

/** Noon; the records of the day before are there, and some of them may still come. */
export const NOON = Date.UTC(2026, 2, 15, 12);

export const patience = () => AbortSignal.timeout(15_000);

/** A clock that never makes anybody wait: who sleeps wakes at once, and the time has moved on. */
export function createHastyClock(start = NOON): FakeClock & { readonly slept: readonly number[] } {
  const fake = createFakeClock(start);
  const slept: number[] = [];
  let time = start;
  return {
    ...fake,
    slept,
    now: () => time,
    set: (to) => {
      time = to;
    },
    async advance(ms) {
      time += ms;
    },
    async sleep(ms) {
      slept.push(ms);
      time += ms;
    },
  };
}

export async function startService(options: Partial<WebexServiceOptions> & { readonly clock: Clock }) {
  const service = await startWebexService(options);
  onTestFinished(() => service.close());
  return service;
}

export const serviceAppFields = ({ client, signInAddress }: WebexService) => ({
  accountName: 'Müller & Söhne',
  way: 'service-app',
  clientId: client.clientId,
  clientSecret: client.clientSecret,
  refreshToken: client.refreshToken,
  signInAddress,
  timeZone: 'UTC',
});

export interface OpenOptions {
  readonly service: WebexService;
  readonly clock: Clock;
  readonly fields?: Readonly<Record<string, string>>;
  readonly browser?: BrowserConsent;
  readonly remember?: (fields: Readonly<Record<string, string>>) => Promise<void>;
  readonly serverAddress?: string;
  /** Something on the way takes the time out of every answer. */
  readonly isTimeless?: boolean;
}

/** A session that keeps the spacing of the real service. */
export function openSession({
  service,
  clock,
  fields,
  browser,
  remember,
  serverAddress,
  isTimeless = false,
}: OpenOptions): Session {
  const client = createHttpClient({ budget: createConnectionBudget(20) });
  onTestFinished(() => client.close());
  const http = isTimeless ? withoutTime(client) : client;
  return createWebexCalling({ spacing: serviceSpacing }).openSession({
    serverAddress: serverAddress ?? service.address,
    fields: fields ?? serviceAppFields(service),
    http,
    clock,
    ...(browser && { browser }),
    ...(remember && { remember }),
  });
}

const withoutTime = (client: HttpClient): HttpClient => ({
  ...client,
  async exchange(request) {
    const answer = await client.exchange(request);
    if (!answer.ok) return answer;
    const { date: _, ...headers } = answer.value.headers;
    return ok({ ...answer.value, headers });
  },
});

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'webex-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A job that outlives sessions, as the journal on disk does. */
export async function createJob(folder?: string): Promise<Job & { readonly path: string }> {
  const path = folder ?? (await tempFolder());
  let notes: string | null = null;
  return {
    path,
    get notes() {
      return notes;
    },
    async note(text) {
      notes = text;
    },
    folder: async () => path,
    arrived: () => undefined,
  };
}

export async function listed(session: Session, criteria: Criteria): Promise<readonly ListedFile[]> {
  const page = await session.listPage(
    { reportId: 'calls', criteria: { format: 'csv', ...criteria } },
    null,
    patience(),
  );
  if (!page.ok) throw new Error(page.failure.detail);
  return page.value.files;
}

export const toPrepare = ({ id, name, link }: ListedFile): FileToPrepare => ({
  reportId: 'calls',
  fileId: id,
  name,
  link: link ?? '',
});

export async function onlyFile(session: Session, criteria: Criteria): Promise<FileToPrepare> {
  const [file] = await listed(session, criteria);
  if (!file) throw new Error('nothing listed');
  return toPrepare(file);
}

export async function prepare(session: Session, file: FileToPrepare, job: Job): Promise<Result<Prepared>> {
  if (!session.prepareFile) throw new Error('the session makes no files');
  return session.prepareFile(file, job, patience());
}

export interface MadeFile {
  readonly text: string;
  /** What was answered on the way, in milliseconds until the next call. */
  readonly waits: readonly number[];
}

/** Comes again and again until the file is made, as the engine does. */
export async function makeFile(
  session: Session,
  file: FileToPrepare,
  job: Job,
  clock: Clock,
): Promise<MadeFile> {
  const waits: number[] = [];
  for (let calls = 0; calls < 500; calls++) {
    const prepared = await prepare(session, file, job);
    if (prepared.ok) {
      if (prepared.value.kind !== 'made') throw new Error('a link');
      return { text: await textOf(prepared.value.bytes()), waits };
    }
    const { code, retryAfterMs = 0, detail } = prepared.failure;
    if (code !== 'being-made') throw new Error(`${code}: ${detail}`);
    waits.push(retryAfterMs);
    await clock.sleep(retryAfterMs);
  }
  throw new Error('it takes for ever');
}

export async function textOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** What came of a call that must fail. */
export function failureOf(result: Result<unknown>) {
  if (result.ok) throw new Error('it should have failed');
  return result.failure;
}
