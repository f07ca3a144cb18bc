import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { onTestFinished } from 'vitest';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { Criteria } from '../../../../electron/contract/report.ts';
import type { HuaweiServiceOptions } from '../../../../electron/demo/huawei-cec/huawei-service.ts';
import { reportIds } from '../../../../electron/providers/huawei-cec/reports.ts';
import type { Job, Session } from '../../../../electron/providers/provider.ts';
import { createJob, find, patience, toPrepare, withService } from './opened.ts';

/** Three files: of three days, and of two with the last second before them. */
export const march = { from: '2026-03-01', to: '2026-03-07' };

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cdr-one-csv-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** One CSV, and steps at it by a session that can be exchanged for another as by a restart. */
export async function withCsv(
  options: Partial<HuaweiServiceOptions> = {},
  more: Criteria = {},
  now?: number,
  fields: Readonly<Record<string, string>> = {},
) {
  const opened = await withService({ makingMs: 0, ...options }, now);
  const { clock, serviceClock, open, service } = opened;
  let session: Session = open(fields);
  const criteria = { dataType: 'call', files: 'csv', bom: 'no', period: march, ...more };
  const [listed] = await find(session, reportIds.records, criteria);
  if (!listed) throw new Error('nothing was found');
  const folder = await tempFolder();
  const notes = createJob();
  const arrived: number[] = [];
  const job: Job = {
    get notes() {
      return notes.notes;
    },
    note: notes.note,
    folder: async () => folder,
    arrived: (bytes) => void arrived.push(bytes),
  };
  const step = async () => {
    const prepared = await session.prepareFile?.(toPrepare(reportIds.records, listed), job, patience());
    if (!prepared) throw new Error('nothing is prepared');
    return prepared;
  };
  async function pass({ retryAfterMs = 0 }: Failure): Promise<void> {
    await clock.advance(retryAfterMs);
    await serviceClock.advance(retryAfterMs);
  }
  return {
    ...opened,
    folder,
    arrived,
    job,
    listed,
    step,
    pass,
    /** Steps until the file is there, or there is a failure. `before`: called before each of them. */
    async end(before: () => Promise<void> = async () => {}): Promise<Buffer | Failure> {
      for (;;) {
        await before();
        const prepared = await step();
        if (prepared.ok && prepared.value.kind === 'made') return buffer(prepared.value.bytes());
        if (prepared.ok) throw new Error('a link to one of its files');
        if (prepared.failure.code !== 'being-made') return prepared.failure;
        await pass(prepared.failure);
      }
    },
    restart() {
      session = open(fields);
    },
    session: () => session,
    generates: () => service.calls.filter(({ call }) => call === 'queryBillData'),
    downloads: () => service.calls.filter(({ call }) => call === 'downloadBillFile'),
  };
}

export const rowsIn = (csv: Buffer | Failure): Record<string, string>[] => {
  if (!Buffer.isBuffer(csv)) throw new Error(`${csv.code}: ${csv.detail}`);
  return parse(csv, { columns: true, bom: true, recordDelimiter: '\r\n' });
};
