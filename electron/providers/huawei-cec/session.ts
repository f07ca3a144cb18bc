import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok } from '../../contract/result.ts';
import type { Session, SessionOptions } from '../provider.ts';
import { readFields } from './account-fields.ts';
import { inspectCsv } from './csv/inspect-csv.ts';
import { readPlan } from './csv/plan.ts';
import { createCsvPreparer } from './csv/prepare-csv.ts';
import { explainStatus, isOwnRefusal } from './explain-answer.ts';
import { createGenerate } from './generate.ts';
import { inspectZip } from './inspect-zip.ts';
import { readNotes } from './job-notes.ts';
import { readLink } from './links.ts';
import { listFiles } from './list-files.ts';
import type { Calendar } from './list-records.ts';
import { createBusyPauses } from './pauses.ts';
import { createPreparer } from './prepare-file.ts';
import { createSigner, SAME_TIME_MS } from './signer.ts';
import { testConnection } from './test-connection.ts';
import { titleOf } from './title.ts';
import { checkZip } from './zip/check-zip.ts';

/** Kept beside the fields that a person fills in: how far the server's clock is ahead, in milliseconds. */
const CLOCK_OFF = 'clockOffMs';

function readOffMs(kept: string | undefined): number {
  const offMs = Number(kept ?? '');
  return Number.isSafeInteger(offMs) ? offMs : 0;
}

/** A conversation with a CC-FS. There is no token: every request is signed. Sends nothing until something is asked. */
export function createSession(options: SessionOptions): Session {
  const { serverAddress, http, clock } = options;
  const fields = readFields(serverAddress, options.fields);
  if (!fields.ok) return refuseAll(fields.failure);
  const { zone, timesIn, callbackUrl, variant: chosen } = fields.value;
  let keptOffMs = readOffMs(options.fields[CLOCK_OFF]);
  const signer = createSigner({ ...fields.value, variant: chosen ?? 'A', clock, clockOffMs: keptOffMs });
  const busy = createBusyPauses();
  const generate = createGenerate({ http, clock, signer, busy, callbackUrl });
  const preparer = createPreparer({ clock, zone, generate, busy });
  const prepareCsv = createCsvPreparer({ http, clock, signer, preparer, calendar: { zone, timesIn } });
  /** Asking again with the same key could lock it. */
  let refusal: Failure | null = null;

  /** The next start begins with a request that is right at once, since nothing is tried out then. */
  async function keepFound(): Promise<void> {
    const isNewTime = Math.abs(signer.clockOffMs - keptOffMs) > SAME_TIME_MS;
    if (isNewTime) keptOffMs = signer.clockOffMs;
    const found = {
      ...(chosen === null && { variant: signer.variant }),
      ...(isNewTime && { [CLOCK_OFF]: String(keptOffMs) }),
    };
    if (Object.keys(found).length > 0) await options.remember?.(found);
  }

  return {
    ...common,
    async signIn(signal) {
      if (refusal) return failed(refusal);
      const tested = await testConnection({ http, clock, signer, chosen }, signal);
      if (!tested.ok && tested.failure.code === 'sign-in-refused') refusal = tested.failure;
      if (tested.ok) await keepFound();
      return tested;
    },
    async listPage(question) {
      const files = listFiles(question, { zone, timesIn });
      if (!files.ok)
        return failed({ ...files.failure, subject: titleOf(question.reportId, question.criteria) });
      return ok({ files: files.value, next: null, announced: files.value.length });
    },
    clockOffMs: () => signer.clockOffMs,
    /**
     * After a 401 in the middle of the work nothing is tried out: a key that is refused too often may be locked (spec 8.2).
     * The key may be as good as ever and only a clock be wrong, so access is lost, and the kept key is not; the next
     * request has the time that the 401 came with.
     */
    async renew(_refused, _signal, answer) {
      if (answer && isOwnRefusal(answer)) signer.learnTime(answer);
      return accessLost;
    },
    resumes: false,
    filesAtOnce: 1,
    async prepareFile(file, job, signal) {
      const link = readLink(file.link);
      return link?.kind === 'csv' ? prepareCsv(file, link, job, signal) : preparer.prepare(file, job, signal);
    },
    async fileRequest(text) {
      const link = readLink(text);
      if (link?.kind !== 'name') return failed(failure('no-link', 'no file name to ask for'));
      return ok(signer.request('downloadBillFile', { billFileName: link.name }));
    },
    explainFile: (file, answer) => ({
      ...explainStatus('downloadBillFile', answer, clock.now()),
      subject: file.name,
    }),
    explainBody: preparer.explain,
    // What is made here is made of files that were checked.
    checkFile: async (file, path) => (readLink(file.link)?.kind === 'csv' ? null : checkZip(path)),
    inspectFile: (_reportId, path, text) => inspect(path, text, { zone, timesIn }),
  };
}

/** What needs neither key nor server. */
const common: Pick<Session, 'lookup' | 'title'> = {
  async lookup(reportId, fieldId) {
    return failed(failure('bad-criteria', `nothing to look up for ${reportId}.${fieldId}`));
  },
  title: titleOf,
};

const accessLost = failed(
  failure('access-lost', 'HTTP 401: key, clock or address rejected', { status: 401 }),
);

function inspect(path: string, text: string | null, calendar: Calendar | null) {
  const plan = readPlan(text);
  return plan ? inspectCsv(path, plan, calendar) : inspectZip(path, readNotes(text), calendar);
}

/** For an account that nothing can be asked with. */
const refuseAll = (why: Failure): Session => ({
  ...common,
  renew: async () => accessLost,
  signIn: async () => failed(why),
  listPage: async () => failed(why),
  fileRequest: async () => failed(why),
  explainFile: () => why,
  inspectFile: (_reportId, path, text) => inspect(path, text, null),
});
