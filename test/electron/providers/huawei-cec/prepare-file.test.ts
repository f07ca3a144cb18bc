import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Failure } from '../../../../electron/contract/failure.ts';
import type { Criteria } from '../../../../electron/contract/report.ts';
import { bytesAnswer } from '../../../../electron/demo/answer.ts';
import {
  type HuaweiServiceOptions,
  resultAnswer,
} from '../../../../electron/demo/huawei-cec/huawei-service.ts';
import { readNotes } from '../../../../electron/providers/huawei-cec/job-notes.ts';
import { reportIds } from '../../../../electron/providers/huawei-cec/reports.ts';
import type { Job, Session } from '../../../../electron/providers/provider.ts';
import { makingText } from '../../../../renderer/words/making-text.ts';
import { attempt, createJob, find, toPrepare, withService } from './opened.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const firstDays = { dataType: 'call_record', period: { from: '2026-03-01', to: '2026-03-03' } };

/** One file to be made, and attempts at it by a session that can be exchanged for another as by a restart. */
async function withFile(
  options: Partial<HuaweiServiceOptions> = {},
  fields: Record<string, string> = {},
  criteria: Criteria = firstDays,
) {
  const opened = await withService(options);
  const { clock, serviceClock, http, open, service } = opened;
  let session: Session = open(fields);
  const [listed] = await find(session, reportIds.records, criteria);
  if (!listed) throw new Error('nothing was found');
  const job = createJob();
  const asked = (call: string) => service.calls.filter((one) => one.call === call);
  return {
    ...opened,
    job,
    generates: () => asked('queryBillData'),
    polled: () => asked('downloadBillFile').map(({ msgBody }) => String(msgBody.billFileName)),
    next: (with_: Job = job) => attempt(session, http, toPrepare(reportIds.records, listed), with_),
    async pass(ms: number) {
      await clock.advance(ms);
      await serviceClock.advance(ms);
    },
    restart() {
      session = open(fields);
    },
    session: () => session,
  };
}

/** Attempts until one is no step of the making, each when the last one says, with the pauses between them. */
async function untilEnd(file: Awaited<ReturnType<typeof withFile>>) {
  const pauses: number[] = [];
  for (;;) {
    const end = await file.next();
    if (Buffer.isBuffer(end) || end.code !== 'being-made') return { end, pauses };
    const pause = end.retryAfterMs ?? 0;
    pauses.push(pause);
    await file.pass(pause);
  }
}

async function onDisk(bytes: Buffer | Failure): Promise<string> {
  if (!Buffer.isBuffer(bytes)) throw new Error(bytes.detail);
  const folder = await mkdtemp(join(tmpdir(), 'cdr-huawei-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'a.zip');
  await writeFile(path, bytes);
  return path;
}

const code = (end: Buffer | Failure) => (Buffer.isBuffer(end) ? 'file' : end.code);

describe('a file that the service has to make', () => {
  it('is asked for once, waited for and fetched', async () => {
    const file = await withFile();
    const { end, pauses } = await untilEnd(file);
    expect(pauses).toEqual([15 * SECOND_MS, 30 * SECOND_MS]);
    expect(file.generates().map(({ msgBody }) => msgBody)).toEqual([
      { beginTime: '2026-03-01 00:00:00', endTime: '2026-03-03 23:59:59', dataType: 'call_record' },
    ]);
    const names = Object.keys(unzipSync(end as Buffer));
    expect(names.filter((name) => /_call_\d\.csv$/.test(name)).length).toBeGreaterThan(1);
    expect(names.filter((name) => /_record_\d\.csv$/.test(name)).length).toBeGreaterThan(0);
  });

  it('is noted as asked for before it is asked for, and with its id before anything else', async () => {
    const file = await withFile();
    expect(await file.next()).toMatchObject({ code: 'being-made', progress: { done: 1, total: 2 } });
    const [first, second] = file.job.history.map((note) => JSON.parse(note));
    expect(first).toEqual({ state: 'asking', at: file.clock.now(), orders: 1 });
    expect(file.service.names[0]).toContain(second.responseId);
    expect(file.polled()).toEqual([]);
  });

  it('is not asked for when that can’t be noted', async () => {
    const file = await withFile();
    const full = { ...createJob(), note: () => Promise.reject(new Error('disk full')) };
    await expect(file.next(full)).rejects.toThrow('disk full');
    expect(file.generates()).toHaveLength(0);
  });

  it('is looked for after 15 s, 30 s and then each minute, for half an hour', async () => {
    const file = await withFile({ makingMs: 2 * DAY_MS });
    const { end, pauses } = await untilEnd(file);
    expect(code(end)).toBe('not-made-yet');
    expect(pauses.slice(0, 2)).toEqual([15, 30].map((seconds) => seconds * SECOND_MS));
    expect(new Set(pauses.slice(2))).toEqual(new Set([MINUTE_MS]));
    const waited = pauses.reduce((sum, pause) => sum + pause);
    expect(waited).toBeGreaterThanOrEqual(30 * MINUTE_MS);
    expect(waited).toBeLessThan(32 * MINUTE_MS);
    expect(file.generates()).toHaveLength(1);
  });

  it('that was given up is looked for again on another try, and not asked for again', async () => {
    const file = await withFile({ makingMs: 2 * DAY_MS });
    await untilEnd(file);
    await file.pass(2 * DAY_MS);
    expect(code((await untilEnd(file)).end)).toBe('file');
    expect(file.generates()).toHaveLength(1);
  });

  it.each([true, false])(
    'that is late is looked for once under each of its names on another try (after a restart: %s)',
    async (isRestarted) => {
      const file = await withFile({ makingMs: 2 * DAY_MS }, { timeZone: 'Asia/Shanghai' });
      await untilEnd(file);
      const before = file.polled().length;
      await file.pass(60 * MINUTE_MS);
      if (isRestarted) file.restart();
      const { end, pauses } = await untilEnd(file);
      expect(code(end)).toBe('not-made-yet');
      expect(pauses).toEqual([15 * SECOND_MS, 15 * SECOND_MS]);
      const days = file
        .polled()
        .slice(before)
        .map((name) => name.slice(0, 8));
      expect(days.sort()).toEqual(['20260314', '20260315', '20260316']);
    },
  );

  it('that is not there after a day is told to be gone, and only then asked for anew', async () => {
    const file = await withFile({ makingMs: 10 * DAY_MS });
    await untilEnd(file);
    await file.pass(DAY_MS);
    const { end } = await untilEnd(file);
    const [responseId] = file.service.names.map((name) => name.slice(9, -4));
    expect(end).toMatchObject({
      code: 'made-file-gone',
      detail: expect.stringContaining(String(responseId)),
    });
    expect(JSON.parse(file.job.notes ?? '')).toEqual({ state: 'gone', responseId });
    expect(file.generates()).toHaveLength(1);
    expect(await file.next()).toMatchObject({ code: 'being-made', progress: { done: 1 } });
    expect(file.generates()).toHaveLength(2);
  });

  it('of one order is not taken for gone because that of another order is', async () => {
    const file = await withFile({ makingMs: 10 * DAY_MS });
    const other = createJob();
    await file.next(other);
    await untilEnd(file);
    await file.pass(DAY_MS);
    // Known, but not told yet.
    for (let pause = -1; pause !== 0; ) {
      pause = ((await file.next()) as Failure).retryAfterMs ?? -1;
      await file.pass(Math.max(0, pause));
    }
    expect(code(await file.next(other))).not.toBe('made-file-gone');
    expect(readNotes(other.notes)).toMatchObject({ state: 'making' });
  });

  it('is not told to be gone while the service only wants fewer requests', async () => {
    const file = await withFile({ makingMs: 10 * DAY_MS });
    await untilEnd(file);
    await file.pass(DAY_MS);
    const busy = await withFile({
      intercept: (call) => (call === 'downloadBillFile' ? resultAnswer('0300008', '') : null),
    });
    await busy.job.note(file.job.notes ?? '');
    const pauses: (number | undefined)[] = [];
    for (let looks = 0; looks < 5; looks += 1) {
      const end = (await busy.next()) as Failure;
      expect(end.code).toBe('being-made');
      pauses.push(end.retryAfterMs);
      await busy.pass(end.retryAfterMs ?? 0);
    }
    expect(pauses).toEqual([1, 2, 5, 10, 10].map((minutes) => minutes * MINUTE_MS));
    expect(busy.generates()).toHaveLength(0);
  });

  it.each([
    ['Asia/Shanghai', Date.UTC(2026, 2, 14, 20), 'UTC'],
    ['America/New_York', Date.UTC(2026, 2, 15, 2), 'UTC'],
    ['UTC', Date.UTC(2026, 2, 15, 2), 'America/New_York'],
    ['UTC', Date.UTC(2026, 2, 14, 20), 'Asia/Shanghai'],
  ])('is found for a tenant in %s whose server counts the days of %s', async (timeZone, now, nameZone) => {
    const file = await withFile({ nameZone, makingMs: 0 }, { timeZone });
    file.clock.set(now);
    file.serviceClock.set(now);
    const { end } = await untilEnd(file);
    expect(code(end)).toBe('file');
    expect(file.polled().length).toBeGreaterThan(2);
    expect(file.polled().at(-1)).toBe(file.service.names[0]);
  });

  it('goes on after a restart without being asked for again', async () => {
    const file = await withFile();
    await file.next();
    await file.pass(15 * SECOND_MS);
    await file.next();
    file.restart();
    await file.pass(30 * SECOND_MS);
    expect(code(await file.next())).toBe('file');
    expect(file.generates()).toHaveLength(1);
  });

  it('is fetched again under the same name when its download broke, and not asked for again', async () => {
    const file = await withFile({
      makingMs: 0,
      intercept: (call, count) => (call === 'downloadBillFile' && count <= 2 ? 'cut-off' : null),
    });
    await file.next();
    await file.pass(15 * SECOND_MS);
    const ends = [await file.next(), await file.next(), await file.next()].map(code);
    expect(ends).toEqual(['connection-lost', 'connection-lost', 'file']);
    expect(new Set(file.polled()).size).toBe(1);
    expect(file.generates()).toHaveLength(1);
  });

  it('is not asked for while another one is, and waits for its turn meanwhile', async () => {
    const file = await withFile();
    const [one, other] = await Promise.all([file.next(), file.next(createJob())]);
    expect(one).toMatchObject({ code: 'being-made', progress: { done: 1 } });
    expect(other).toMatchObject({ code: 'being-made', progress: { done: 0, waits: true } });
    expect(file.generates()).toHaveLength(1);
  });

  it('is whole when its checksums are right, and said to have several rows a call', async () => {
    const file = await withFile({ makingMs: 0 });
    const { end } = await untilEnd(file);
    const path = await onDisk(end);
    const { session } = file;
    const whole = { reportId: reportIds.records, fileId: '', name: '', link: '' };
    expect(await session().checkFile?.(whole, path)).toBeNull();
    expect(await session().inspectFile(reportIds.records, path, file.job.notes)).toEqual([
      'rows-are-legs',
      expect.objectContaining({ rows: expect.any(Number) }),
    ]);
    const cut = await onDisk((end as Buffer).subarray(0, -30));
    expect(await session().checkFile?.(whole, cut)).toMatchObject({ code: 'connection-lost' });
  });
});

it.each([
  ['2026-03-14', ['rows-are-legs']],
  ['2026-03-15', ['provisional', 'rows-are-legs']],
])('a file up to %s, fetched at noon on the 15th, has the notes %j', async (to, notes) => {
  const file = await withFile({ makingMs: 0 }, {}, { dataType: 'call', period: { from: '2026-03-14', to } });
  const { end } = await untilEnd(file);
  const path = await onDisk(end);
  const seen = await file.session().inspectFile(reportIds.records, path, file.job.notes);
  expect(seen.filter((note) => typeof note === 'string')).toEqual(notes);
});

describe('an order whose answer was lost', () => {
  it.each([
    ['was cut off', 'cut-off', ''],
    ['was an error of the server', bytesAnswer(502, 'text/plain', Buffer.from('')), 'HTTP 502'],
    ['was a web page', bytesAnswer(200, 'text/html', Buffer.from('<html>')), 'a web page'],
    ['had no id', resultAnswer('0'), 'no responseId'],
  ] as const)(
    'because it %s is not repeated for five minutes, also after a restart',
    async (_why, answer, detail) => {
      const file = await withFile({
        intercept: (call, count) => (call === 'queryBillData' && count === 1 ? answer : null),
      });
      const lost = { code: 'being-made', retryAfterMs: 5 * MINUTE_MS, progress: { answerLost: true } };
      expect(await file.next()).toMatchObject({ ...lost, detail: expect.stringContaining(detail) });
      expect(await file.next()).toMatchObject(lost);
      await file.pass(4 * MINUTE_MS);
      file.restart();
      expect(await file.next()).toMatchObject({ code: 'being-made', retryAfterMs: MINUTE_MS });
      expect(file.generates()).toHaveLength(1);
      await file.pass(MINUTE_MS);
      expect(await file.next()).toMatchObject({ code: 'being-made', progress: { done: 1 } });
      expect(file.generates()).toHaveLength(2);
    },
  );

  it('is not repeated earlier where the clock was set back meanwhile', async () => {
    const file = await withFile({
      intercept: (call, count) => (call === 'queryBillData' && count === 1 ? 'cut-off' : null),
    });
    await file.next();
    file.clock.set(file.clock.now() - 60 * MINUTE_MS);
    expect(await file.next()).toMatchObject({ code: 'being-made', retryAfterMs: 5 * MINUTE_MS });
    await file.pass(5 * MINUTE_MS - 1);
    expect(await file.next()).toMatchObject({ code: 'being-made', retryAfterMs: 1 });
    expect(file.generates()).toHaveLength(1);
  });

  it('is waited for longer than other answers, as a lost one costs a file', async () => {
    const file = await withFile();
    const exchange = vi.spyOn(file.http, 'exchange');
    await file.next();
    expect(exchange.mock.calls[0]?.[0].headersTimeout).toBeGreaterThanOrEqual(2 * MINUTE_MS);
  });

  it('is not repeated before five minutes after it was given up, however long that took', async () => {
    const file = await withFile({
      intercept: (call, count) => {
        if (call !== 'queryBillData' || count > 1) return null;
        file.clock.set(file.clock.now() + 3 * MINUTE_MS);
        return 'cut-off';
      },
    });
    await file.next();
    expect(await file.next()).toMatchObject({ code: 'being-made', retryAfterMs: 5 * MINUTE_MS });
  });

  it.each([
    ['cut off', 'cut-off'],
    ['errors of the server', bytesAnswer(502, 'text/plain', Buffer.from(''))],
  ] as const)(
    'three times in a row, %s, is not repeated by itself, only by a person',
    async (_how, answer) => {
      const file = await withFile({ intercept: (call) => (call === 'queryBillData' ? answer : null) });
      const lose = async () => {
        const end = await file.next();
        const next = await file.next();
        await file.pass(5 * MINUTE_MS);
        file.restart();
        return { end: code(end), next };
      };
      const ends = [await lose(), await lose(), await lose()];
      expect(ends.map(({ end }) => end === 'order-lost')).toEqual([false, false, true]);
      for (const { next } of ends) {
        expect(next).toMatchObject({ code: 'being-made' });
        expect(makingText(next as Failure)).toContain('The service’s answer was lost');
      }
      expect(file.generates()).toHaveLength(3);
      expect(code(await file.next())).not.toBe('order-lost');
      expect(file.generates()).toHaveLength(4);
    },
  );

  it('is told of where it was for a part of a CSV too', async () => {
    const criteria = { ...firstDays, dataType: 'call', files: 'csv' };
    const file = await withFile({ intercept: () => 'cut-off' }, {}, criteria);
    const folder = await mkdtemp(join(tmpdir(), 'cdr-huawei-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const job = Object.assign(file.job, { folder: async () => folder });
    await file.next(job);
    expect(makingText((await file.next(job)) as Failure)).toContain('answer was lost');
  });

  it('is counted also where others in between did not arrive, or the program ended meanwhile', async () => {
    const file = await withFile();
    const asking = (orders?: number) => JSON.stringify({ state: 'asking', at: 0, orders });
    await file.service.close();
    await file.job.note(asking(2));
    expect(code(await file.next())).toBe('connection-refused');
    expect(JSON.parse(file.job.notes ?? '')).toEqual({ state: 'asking', at: 0, orders: 2 });
    await file.job.note(asking(3));
    expect(code(await file.next())).toBe('order-lost');
    // As it was noted before orders were counted.
    await file.job.note(asking());
    expect(code(await file.next())).toBe('connection-refused');
    expect(JSON.parse(file.job.notes ?? '')).toMatchObject({ orders: 1 });
  });

  it('is repeated at once when it certainly did not arrive', async () => {
    const file = await withFile();
    await file.service.close();
    expect(code(await file.next())).toBe('connection-refused');
    expect(JSON.parse(file.job.notes ?? '')).toEqual({ state: 'new' });
  });
});

describe('an order that is answered with an id', () => {
  it.each([
    ['ab12', true],
    ['0123456789abcdef0123456789ABCDEF', false],
  ])('%s takes it as it is, and says whether it is unusual: %s', async (responseId, isUnusual) => {
    const file = await withFile({
      intercept: (call) => (call === 'queryBillData' ? resultAnswer('0', { responseId }) : null),
    });
    const end = (await file.next()) as Failure;
    expect(end.code).toBe('being-made');
    expect(end.detail.includes(responseId)).toBe(isUnusual);
    await file.pass(15 * SECOND_MS);
    await file.next();
    expect(file.polled()).toEqual([`20260315_${responseId}.zip`]);
  });

  it.each(['a'.repeat(37), 'job/2026:1', 'ab_cd'])(
    'of which no name can be made, %s, fails for good, and is not repeated',
    async (responseId) => {
      const file = await withFile({
        intercept: (call) => (call === 'queryBillData' ? resultAnswer('0', { responseId }) : null),
      });
      const failure = { code: 'unusable-answer', detail: expect.stringContaining(responseId) };
      expect(await file.next()).toMatchObject(failure);
      expect(JSON.parse(file.job.notes ?? '')).toMatchObject({ state: 'making', responseId });
      file.restart();
      await file.pass(6 * MINUTE_MS);
      expect(await file.next()).toMatchObject(failure);
      expect(file.generates()).toHaveLength(1);
      expect(file.polled()).toEqual([]);
    },
  );
});

describe('an order that is refused', () => {
  it.each([
    ['0300012', 'no-data'],
    ['0300013', 'service-refused'],
    ['0311111', 'service-refused'],
  ])('with %s is %s, and can be repeated', async (result, failure) => {
    const file = await withFile({
      intercept: (call, count) => (call === 'queryBillData' && count === 1 ? resultAnswer(result) : null),
    });
    const end = await file.next();
    expect(end).toMatchObject({ code: failure });
    expect(JSON.stringify(end)).toContain(result);
    expect(await file.next()).toMatchObject({ code: 'being-made', progress: { done: 1 } });
  });

  it('by 401 costs the access, and no other signature is tried', async () => {
    const file = await withFile({}, { secretKey: 'other' });
    expect(code(await file.next())).toBe('access-lost');
    expect(file.service.refusals).toBe(1);
  });

  it('by 401 because the clock is off is not repeated, but the next try has the server’s time', async () => {
    const file = await withFile();
    file.clock.set(file.clock.now() + 20 * MINUTE_MS);
    expect(code(await file.next())).toBe('access-lost');
    expect(file.service.refusals).toBe(1);
    expect(file.session().clockOffMs?.()).toBe(-20 * MINUTE_MS);
    expect(code(await file.next())).toBe('being-made');
    expect(file.service.refusals).toBe(1);
  });

  it('by a web page in between with 401 says nothing of the service’s time', async () => {
    const page = bytesAnswer(401, 'text/html', Buffer.from('<html></html>'));
    const file = await withFile({ intercept: () => page });
    file.serviceClock.set(file.clock.now() + 2 * MINUTE_MS);
    expect(code(await file.next())).toBe('access-lost');
    expect(file.session().clockOffMs?.()).toBe(0);
  });

  it('for want of a callback address says so; with one, it is sent', async () => {
    const without = await withFile({ callbackWanted: true });
    expect(await without.next()).toMatchObject({
      code: 'service-refused',
      detail: expect.stringContaining('callback address'),
    });
    const callbackUrl = 'https://cb.example.test/bill';
    const file = await withFile({ callbackWanted: true }, { callbackUrl });
    expect(code(await file.next())).toBe('being-made');
    expect(file.generates()[0]?.msgBody.callBackURL).toBe(callbackUrl);
  });

  it('because there are too many waits 1, 2, 5 and then 10 minutes', async () => {
    const file = await withFile({
      intercept: (call, count) => (call === 'queryBillData' && count <= 5 ? resultAnswer('0300009') : null),
    });
    const waits = [];
    for (let order = 0; order < 5; order += 1) waits.push(await file.next());
    expect(waits.map(code)).toEqual(Array(5).fill('too-many-connections'));
    expect(waits.map((wait) => (wait as Failure).retryAfterMs)).toEqual(
      [1, 2, 5, 10, 10].map((minutes) => minutes * MINUTE_MS),
    );
    expect(code(await file.next())).toBe('being-made');
  });
});

describe('a look for a file', () => {
  it('that is refused because there are too many comes again later, for the same name', async () => {
    const file = await withFile({
      makingMs: 0,
      intercept: (call, count) =>
        call === 'downloadBillFile' && count <= 2 ? resultAnswer('0300008', '') : null,
    });
    const { end, pauses } = await untilEnd(file);
    expect(code(end)).toBe('file');
    expect(pauses).toEqual([15 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS]);
    expect(new Set(file.polled()).size).toBe(1);
  });

  it.each([
    ['0300012', 'no-data'],
    ['0300004', 'service-refused'],
  ])('that is answered with %s ends with %s', async (result, failure) => {
    const file = await withFile({
      intercept: (call) => (call === 'downloadBillFile' ? resultAnswer(result, '') : null),
    });
    expect(code((await untilEnd(file)).end)).toBe(failure);
  });

  it.each(['0300010', '0300004'])(
    'under a day that was guessed goes on with the next one where that is refused with %s',
    async (result) => {
      const file = await withFile({
        makingMs: 0,
        intercept: (call, count, as) => {
          if (call !== 'downloadBillFile') return null;
          if (count <= 2) return resultAnswer('0300011', '');
          return count <= 4 ? resultAnswer(result, '') : as();
        },
      });
      const { end } = await untilEnd(file);
      expect(code(end)).toBe('file');
      expect(file.polled().map((name) => name.slice(0, 8))).toEqual([
        '20260315',
        '20260315',
        '20260314',
        '20260316',
        '20260315',
      ]);
      expect(file.generates()).toHaveLength(1);
    },
  );

  it('under the tenant’s day goes on too where the service takes that for a wrong date, such as tomorrow', async () => {
    const file = await withFile({
      makingMs: 0,
      intercept: (call, count, as) =>
        call === 'downloadBillFile' && count <= 2 ? resultAnswer('0300010', '') : as(),
    });
    expect(code((await untilEnd(file)).end)).toBe('file');
    expect(file.generates()).toHaveLength(1);
  });

  it('that is refused by 401 costs the access', async () => {
    const file = await withFile({
      intercept: (call) => (call === 'downloadBillFile' ? bytesAnswer(401, '', Buffer.alloc(0)) : null),
    });
    expect(code((await untilEnd(file)).end)).toBe('access-lost');
  });

  it.each([
    [404, 'not-found'],
    [429, 'too-many-connections'],
    [503, 'service-down'],
    [418, 'unexpected-status'],
  ])('with status %i is %s', async (status, failure) => {
    const file = await withFile({
      intercept: (call) => (call === 'downloadBillFile' ? bytesAnswer(status, '', Buffer.alloc(0)) : null),
    });
    expect(code((await untilEnd(file)).end)).toBe(failure);
  });

  it('before its time sends nothing', async () => {
    const file = await withFile();
    await file.next();
    await file.pass(5 * SECOND_MS);
    expect(await file.next()).toMatchObject({ code: 'being-made', retryAfterMs: 10 * SECOND_MS });
    expect(file.polled()).toEqual([]);
  });
});

describe('a file that somebody else ordered', () => {
  async function ordered(options: Partial<HuaweiServiceOptions> = {}) {
    const opened = await withFile({ makingMs: 0, ...options });
    await opened.next();
    const name = opened.service.names[0] ?? '';
    const get = async (reportId: string, asked: Parameters<typeof find>[2]) => {
      const session = opened.open();
      const [listed] = await find(session, reportId, asked);
      if (!listed) throw new Error('nothing was found');
      const job = createJob();
      return () => attempt(session, opened.http, toPrepare(reportId, listed), job);
    };
    return { ...opened, name, get };
  }

  it('is fetched by its name; where there is none, it is not found', async () => {
    const { name, get, service } = await ordered();
    const next = await get(reportIds.byName, { fileName: name });
    expect(code(await next())).toBe('file');
    service.forget();
    expect(code(await next())).toBe('not-found');
  });

  it('is fetched by its response id, also where the day is one off', async () => {
    const { name, get, clock } = await ordered();
    const responseId = name.slice(9, -4);
    for (const day of ['2026-03-15', '2026-03-14', '2026-03-16']) {
      const next = await get(reportIds.byResponse, { responseId, period: { from: day, to: day } });
      let end = await next();
      for (let looks = 1; looks < 5 && code(end) === 'being-made'; looks += 1) {
        await clock.advance(MINUTE_MS);
        end = await next();
      }
      expect(code(end), day).toBe('file');
    }
  });

  it('may still come while its order is not long ago, and is never ordered', async () => {
    const { get, clock, service } = await ordered();
    const period = { from: '2026-03-15', to: '2026-03-15' };
    const next = await get(reportIds.byResponse, { responseId: 'f'.repeat(32), period });
    const begun = service.calls.filter(({ call }) => call === 'queryBillData').length;
    const ends: string[] = [];
    const until = async (end: string) => {
      for (let looks = 0; looks < 40 && ends.at(-1) !== end; looks += 1) {
        ends.push(code(await next()));
        await clock.advance(MINUTE_MS);
      }
      expect(ends.at(-1)).toBe(end);
    };
    await until('not-made-yet');
    await clock.advance(DAY_MS);
    await until('not-found');
    expect(service.calls.filter(({ call }) => call === 'queryBillData')).toHaveLength(begun);
  });

  it('is given up after all its names when its order is long ago', async () => {
    const { get, clock, polled } = await ordered();
    const period = { from: '2025-01-10', to: '2025-01-10' };
    const next = await get(reportIds.byResponse, { responseId: 'f'.repeat(32), period });
    const ends = [];
    for (let looks = 0; looks < 6 && ends.at(-1) !== 'not-found'; looks += 1) {
      ends.push(code(await next()));
      await clock.advance(MINUTE_MS);
    }
    expect(ends.at(-1)).toBe('not-found');
    expect(new Set(polled().map((name) => name.slice(0, 8)))).toEqual(
      new Set(['20250110', '20250109', '20250111']),
    );
  });
});
