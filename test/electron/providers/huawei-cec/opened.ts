import { onTestFinished } from 'vitest';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { Criteria } from '../../../../electron/contract/report.ts';
import {
  type HuaweiService,
  type HuaweiServiceOptions,
  startHuaweiService,
} from '../../../../electron/demo/huawei-cec/huawei-service.ts';
import { createConnectionBudget } from '../../../../electron/network/connection-budget.ts';
import type { BodySink, HttpClient } from '../../../../electron/network/http.ts';
import { createHttpClient } from '../../../../electron/network/http-client.ts';
import { createHuaweiCec } from '../../../../electron/providers/huawei-cec/index.ts';
import { reportIds } from '../../../../electron/providers/huawei-cec/reports.ts';
import type { FileToPrepare, Job, ListedFile, Session } from '../../../../electron/providers/provider.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import type { System } from '../behaviour/system.ts';

export const NOW = Date.UTC(2026, 2, 15, 12);

const usualFields = { accessKey: 'demo-ak', secretKey: 'demo-sk', timeZone: 'UTC' };

/** Opens sessions at an address, all by one clock. What they want to be remembered is kept. */
export function opener(serverAddress: string, now = NOW) {
  const clock = createFakeClock(now);
  const http = createHttpClient({ budget: createConnectionBudget(20) });
  onTestFinished(() => http.close());
  const remembered: Readonly<Record<string, string>>[] = [];
  const open = (fields: Readonly<Record<string, string>> = {}): Session =>
    createHuaweiCec().openSession({
      serverAddress,
      fields: { ...usualFields, ...fields },
      http,
      clock,
      remember: async (values) => void remembered.push(values),
    });
  return { clock, http, open, remembered };
}

/** The imitation of the service, and sessions with it. */
export async function withService(options: Partial<HuaweiServiceOptions> = {}, now = NOW) {
  const clock = createFakeClock(now);
  const service = await startHuaweiService({ clock, ...options });
  onTestFinished(() => service.close());
  return { service, ...opener(service.address, now), serviceClock: clock };
}

/** Notes as the queue keeps them: what was noted can be read again by another session. */
export function createJob(): Job & { readonly history: readonly string[] } {
  const history: string[] = [];
  return {
    history,
    get notes() {
      return history.at(-1) ?? null;
    },
    note: async (notes) => void history.push(notes),
    folder: async () => {
      throw new Error('no folder is needed');
    },
    arrived: () => undefined,
  };
}

/** A signal that nobody aborts. */
export const patience = (): AbortSignal => new AbortController().signal;

/** The files of a report, which have to be there. */
export async function find(
  session: Session,
  reportId: string,
  criteria: Criteria,
): Promise<readonly ListedFile[]> {
  const page = await session.listPage({ reportId, criteria }, null, patience());
  if (!page.ok) throw new Error(page.failure.detail);
  return page.value.files;
}

export const toPrepare = (reportId: string, { id, name, link }: ListedFile): FileToPrepare => ({
  reportId,
  fileId: id,
  name,
  link: link ?? '',
});

/** One attempt as the engine makes it: the file's bytes, or the failure that it ended with. */
export async function attempt(
  session: Session,
  http: HttpClient,
  file: FileToPrepare,
  job: Job,
): Promise<Buffer | Failure> {
  const prepared = await session.prepareFile?.(file, job, patience());
  if (!prepared?.ok) return prepared?.failure ?? unprepared;
  if (prepared.value.kind !== 'link') return unprepared;
  const request = await session.fileRequest(prepared.value.link, 'zip', patience());
  if (!request.ok) return request.failure;
  const chunks: Buffer[] = [];
  const sink: BodySink = {
    take: (chunk) => void chunks.push(chunk),
    end: async () => {},
    letGo: async () => {},
  };
  const sent = await http.stream({ ...request.value, signal: patience() }, () => sink);
  if (!sent.ok) return sent.failure;
  const body = Buffer.concat(chunks);
  if (sent.value.status === 401) {
    const answer = { ...sent.value, text: body.toString() };
    const renewed = await session.renew(request.value, patience(), answer);
    if (!renewed.ok) return renewed.failure;
  }
  const facts = { name: file.name, expiresAt: null, attemptsCounted: null };
  if (sent.value.status !== 200) return session.explainFile(facts, { ...sent.value, text: body.toString() });
  if (body.subarray(0, 2).toString('latin1') === 'PK') return body;
  return session.explainBody?.(file, body.toString()) ?? unprepared;
}

const unprepared: Failure = { code: 'unexpected', detail: 'no answer that the engine could do with' };

/** The imitation for a desk with a queue, and the calls it gets. `criteria`: what is fetched, without its period. */
export function huaweiSystem(criteria: Criteria, options: Partial<HuaweiServiceOptions> = {}) {
  const started: HuaweiService[] = [];
  const system: System = {
    create: createHuaweiCec,
    async start(clock) {
      const service = await startHuaweiService({ clock, ...options });
      started.push(service);
      const fields = { ...usualFields };
      return { serverAddress: service.address, fields, close: () => service.close() };
    },
    refusedFields: {},
    goodAddresses: [],
    badAddresses: [],
    examples: { [reportIds.records]: (period) => ({ ...criteria, period }) },
    reportId: reportIds.records,
    spanOf: () => [0, 0],
    bringsFile: ({ url }) => url.endsWith('/downloadBillFile'),
    askedOnce: () => null,
    checkContent: () => {},
  };
  return {
    system,
    get service(): HuaweiService {
      const [service] = started;
      if (!service) throw new Error('not started');
      return service;
    },
    generates: () => started.flatMap(({ calls }) => calls).filter(({ call }) => call === 'queryBillData'),
  };
}
