import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { DownloadNote } from '../../../../electron/contract/download.ts';
import type { PbxAnswer } from '../../../../electron/demo/yeastar-s/pbx-answer.ts';
import type { PbxCall } from '../../../../electron/demo/yeastar-s/pbx-routes.ts';
import { type PbxServiceOptions, startPbxService } from '../../../../electron/demo/yeastar-s/pbx-service.ts';
import { createConnectionBudget } from '../../../../electron/network/connection-budget.ts';
import type { HttpClient } from '../../../../electron/network/http.ts';
import { createHttpClient, type HttpClientOptions } from '../../../../electron/network/http-client.ts';
import type { Job, ListedFile, Provider, Session } from '../../../../electron/providers/provider.ts';
import { createYeastarS } from '../../../../electron/providers/yeastar-s/index.ts';
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts';

/** A Sunday, noon. */
export const NOW = Date.parse('2026-03-15T12:00:00Z');

export const demoFields = { userName: 'demo', password: 'demo', pbxName: 'office', timeZone: 'UTC' };

/** A signal that nobody aborts. */
export const patience = (): AbortSignal => new AbortController().signal;

export interface Asked {
  /** `login`, `random`, `download`, `logout`. */
  readonly name: string;
  readonly call: PbxCall;
}

type Change = (asked: Asked & { readonly count: number }, answer: PbxAnswer) => PbxAnswer;

/** The imitation of a PBX with what it was asked. `change`: what to answer instead; `count` is from 1 for each name. */
export async function withPbx({
  change,
  clock = createFakeClock(NOW),
  ...options
}: Omit<PbxServiceOptions, 'change' | 'clock'> & { change?: Change; clock?: FakeClock } = {}) {
  const asked: Asked[] = [];
  const service = await startPbxService({
    ...options,
    clock,
    change(call, answer) {
      const name = call.path.split('/').at(-1)?.replace('get_random', 'random') ?? '';
      asked.push({ name, call });
      const count = asked.filter((one) => one.name === name).length;
      return change?.({ name, call, count }, answer) ?? answer;
    },
  });
  onTestFinished(() => service.close());
  const provider = createYeastarS();
  const open = (fields: Readonly<Record<string, string>> = {}, more: Partial<OpenOptions> = {}) =>
    openSession({
      provider,
      clock,
      serverAddress: service.address,
      fields: { ...demoFields, ...fields },
      ...more,
    });
  const names = () => asked.map(({ name }) => name);
  return { service, clock, asked, names, provider, open, session: open() };
}

interface OpenOptions {
  readonly provider: Provider;
  readonly clock: FakeClock;
  readonly serverAddress: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Stands between the session and the network. */
  readonly through?: (http: HttpClient) => HttpClient;
  readonly connection?: Partial<HttpClientOptions>;
  /** What outlives a program. */
  readonly folder?: string;
}

export function openSession({
  provider,
  clock,
  serverAddress,
  fields,
  through = (http) => http,
  connection = {},
  folder,
}: OpenOptions): Session {
  const http = createHttpClient({ budget: createConnectionBudget(20), ...connection });
  onTestFinished(() => http.close());
  return provider.openSession({
    serverAddress,
    fields,
    http: through(http),
    clock,
    ...(folder !== undefined && { folder }),
  });
}

/** The one file of a period. */
export async function findFile(
  session: Session,
  period: { from: string; to: string },
  extensions?: string,
): Promise<ListedFile & { link: string }> {
  const criteria = { period, ...(extensions !== undefined && { extensions }) };
  const page = await session.listPage({ reportId: 'cdr', criteria }, null, patience());
  const [file] = page.ok ? page.value.files : [];
  if (!file?.link) throw new Error('no file');
  return { ...file, link: file.link };
}

/** A job that lives as long as the test, with its notes in memory and its folder on the disk. */
export async function newJob(): Promise<Job & { notes: string | null; readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'cdr-pbx-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const job = {
    path,
    notes: null as string | null,
    async note(notes: string) {
      job.notes = notes;
    },
    folder: async () => path,
    arrived: () => undefined,
  };
  return job;
}

export const prepareOnce = (session: Session, file: ListedFile & { link: string }, job: Job) => {
  if (!session.prepareFile) throw new Error('nothing to prepare');
  return session.prepareFile(
    { reportId: 'cdr', fileId: file.id, name: file.name, link: file.link },
    job,
    patience(),
  );
};

/** Prepares until it is made, or fails with anything but `being-made`. */
export async function prepare(session: Session, file: ListedFile & { link: string }, job: Job) {
  for (let steps = 1; ; steps += 1) {
    const prepared = await prepareOnce(session, file, job);
    if (!prepared.ok && prepared.failure.code === 'being-made' && steps < 200) continue;
    if (!prepared.ok) return { steps, failure: prepared.failure, content: null };
    if (prepared.value.kind !== 'made') throw new Error('not made');
    return { steps, failure: null, content: await contentOf(prepared.value.bytes()) };
  }
}

const contentOf = async (bytes: AsyncIterable<Buffer>) => (await buffer(bytes)).toString('utf8');

/** What to tell of a file that was made; the third parameter is what the job noted last. */
export function inspect(session: Session, job: Job) {
  const inspectFile: (
    reportId: string,
    path: string,
    notes: string | null,
  ) => Promise<readonly DownloadNote[]> = session.inspectFile;
  return inspectFile('cdr', '', job.notes);
}

/** A CSV as the PBX would answer with. */
export const csvAnswer = (text: string, more: object = {}): PbxAnswer => ({
  kind: 'file',
  bytes: Buffer.from(text),
  length: 'none',
  ...more,
});
