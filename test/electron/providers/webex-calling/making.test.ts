import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { bytesAnswer, jsonAnswer } from '../../../../electron/demo/answer.ts';
import { type Leg, sampleLegs, timeOf } from '../../../../electron/demo/webex-calling/sample-legs.ts';
import { refusal } from '../../../../electron/demo/webex-calling/webex-answer.ts';
import type {
  WebexCall,
  WebexService,
  WebexServiceOptions,
} from '../../../../electron/demo/webex-calling/webex-service.ts';
import type { Session } from '../../../../electron/providers/provider.ts';
import { HOUR_MS } from '../../../../electron/providers/webex-calling/spans.ts';
import {
  createHastyClock,
  createJob,
  failureOf,
  listed,
  makeFile,
  NOON,
  onlyFile,
  openSession,
  patience,
  prepare,
  serviceAppFields,
  startService,
  toPrepare,
} from './signed-in.ts';

const DAY_MS = 24 * HOUR_MS;
const friday = { from: '2026-03-13', to: '2026-03-13' };

async function opened(options: Partial<WebexServiceOptions> = {}) {
  const clock = createHastyClock();
  const service = await startService({ clock, ...options });
  const remembered: Record<string, string>[] = [];
  const open = (fields = serviceAppFields(service)) =>
    openSession({
      service,
      clock,
      fields,
      remember: async (newer) => {
        remembered.push({ ...newer });
        Object.assign(fields, newer);
      },
    });
  const fields = serviceAppFields(service);
  return { clock, service, remembered, fields, session: open(fields), reopen: () => open(fields) };
}

const feedCalls = ({ calls }: WebexService) => calls.filter(({ path }) => path === '/v1/cdr_feed');
const firstCalls = (service: WebexService) =>
  feedCalls(service).filter(({ query }) => !query.has('startTimeForNextFetch'));
const laterPages = (service: WebexService) =>
  feedCalls(service).filter(({ query }) => query.has('startTimeForNextFetch'));
const gaps = (calls: readonly { readonly at: number }[]) =>
  calls.slice(1).map(({ at }, i) => at - (calls[i]?.at ?? 0));

/** The ids of all legs that began on the day. */
const idsOf = (day: string) =>
  sampleLegs(Date.parse(day) - DAY_MS, Date.parse(day) + 2 * DAY_MS)
    .filter((leg) => new Date(timeOf(leg, 'Start time')).toISOString().startsWith(day))
    .map((leg) => leg['Report ID'])
    .sort();

const rowsOf = (csv: string): Record<string, string>[] =>
  parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' });
const idsIn = (csv: string) =>
  rowsOf(csv)
    .map((row) => row['Report ID'])
    .sort();

/** Makes the one file that these criteria find, from nothing. */
const makeOnly = async (
  session: Parameters<typeof makeFile>[0],
  criteria: Parameters<typeof onlyFile>[1],
  clock: Parameters<typeof makeFile>[3],
) => makeFile(session, await onlyFile(session, criteria), await createJob(), clock);

/** A leg of so many hours, reported a second after its end. */
function longCall(start: string, hours: number): Leg {
  const end = Date.parse(start) + hours * HOUR_MS - 1000;
  return {
    'Report ID': `call of ${hours} hours`,
    'Start time': start,
    'Release time': new Date(end).toISOString(),
    'Report time': new Date(end + 1000).toISOString(),
    Duration: hours * 3600 - 1,
  };
}

/** The notes of a file with this text, of which the last one says how many records it has. */
async function inspected(session: Session, text: string, jobNotes: string | null) {
  const path = join(await (await createJob()).folder(), 'whole');
  await writeFile(path, text);
  const notes = await session.inspectFile('calls', path, jobNotes);
  expect(notes.at(-1)).toEqual({ rows: rowsOf(text).length, first: null, last: null });
  return notes.slice(0, -1);
}

describe('making a file', () => {
  it('reads the day and half a day after it, and has each leg of the day once', async () => {
    const { session, service, clock } = await opened();
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service).map(({ query }) => [query.get('startTime'), query.get('endTime')])).toEqual([
      ['2026-03-13T00:00:00.000Z', '2026-03-13T12:00:00.000Z'],
      ['2026-03-13T12:00:00.000Z', '2026-03-14T00:00:00.000Z'],
      ['2026-03-14T00:00:00.000Z', '2026-03-14T12:00:00.000Z'],
    ]);
    expect(text.charCodeAt(0)).toBe(0xfeff);
  });

  it.each([
    ['report', sampleLegs],
    [
      'start',
      (from: number, to: number) =>
        sampleLegs(from, to + DAY_MS).filter(
          (leg) => from <= timeOf(leg, 'Start time') && timeOf(leg, 'Start time') <= to,
        ),
    ],
  ])(
    'never loses or doubles a leg between neighbouring days where the service goes by the %s time',
    async (_, legs) => {
      const { session, clock } = await opened({ legs });
      const files = await listed(session, { per: 'day', period: { from: '2026-03-11', to: '2026-03-13' } });
      const ids: (string | undefined)[] = [];
      for (const file of files) {
        ids.push(...idsIn((await makeFile(session, toPrepare(file), await createJob(), clock)).text));
      }
      const expected = ['2026-03-11', '2026-03-12', '2026-03-13'].flatMap(idsOf);
      expect(ids.sort()).toEqual(expected.sort());
    },
  );

  it.each([
    ['Report time', ['2026-03-11', '2026-03-12', '2026-03-12', '2026-03-13']],
    ['Release time', ['2026-03-11', '2026-03-12', '2026-03-12', '2026-03-13']],
    ['Start time', ['2026-03-11', '2026-03-11', '2026-03-11', '2026-03-11']],
  ] as const)(
    'has calls of more than 12 hours in the file of one day where the service goes by the %s',
    async (key, days) => {
      const calls = [
        // 12 hours are not more.
        longCall('2026-03-11T23:30:00.000Z', 12),
        longCall('2026-03-11T20:00:00.000Z', 12.1),
        longCall('2026-03-11T08:00:00.000Z', 30),
        longCall('2026-03-11T23:59:59.999Z', 47),
      ];
      const legs = (from: number, to: number) =>
        calls.filter((leg) => from <= timeOf(leg, key) && timeOf(leg, key) <= to);
      const { session, clock } = await opened({ legs });
      const files = await listed(session, { per: 'day', period: { from: '2026-03-10', to: '2026-03-14' } });
      const daysOf = new Map<string, (string | null)[]>();
      for (const file of files) {
        const { text } = await makeFile(session, toPrepare(file), await createJob(), clock);
        for (const id of idsIn(text)) daysOf.set(id ?? '', [...(daysOf.get(id ?? '') ?? []), file.nameDate]);
      }
      expect(calls.map((leg) => daysOf.get(String(leg['Report ID'])))).toEqual(days.map((day) => [day]));
    },
  );

  it('asks as rarely as the service wants, pages apart from first requests, and is never refused', async () => {
    const { session, service, clock } = await opened({ limits: { pageSize: 40 } });
    await makeOnly(session, { period: friday }, clock);
    expect(Math.min(...gaps(firstCalls(service)))).toBeGreaterThanOrEqual(65_000);
    expect(laterPages(service).length).toBeGreaterThan(3);
    expect(Math.min(...gaps(feedCalls(service)))).toBeGreaterThanOrEqual(6000);
  });

  it('says how far it is and how long it takes', async () => {
    const { session, clock } = await opened();
    const [file, job] = [
      await onlyFile(session, { per: 'month', period: { from: '2026-03-01', to: '2026-03-13' } }),
      await createJob(),
    ];
    const first = failureOf(await prepare(session, file, job));
    expect(first).toMatchObject({
      code: 'being-made',
      retryAfterMs: 65_000,
      progress: { done: 1, total: 27, msLeft: 26 * 65_000 },
    });
    await clock.sleep(65_000);
    expect(failureOf(await prepare(session, file, job)).progress).toMatchObject({
      done: 2,
      msLeft: 25 * 65_000,
    });
  });

  it('says of a file that it waits for its turn while another one is made first', async () => {
    const { session } = await opened();
    const month = await onlyFile(session, {
      per: 'month',
      period: { from: '2026-03-01', to: '2026-03-12' },
    });
    expect(failureOf(await prepare(session, month, await createJob())).progress).not.toHaveProperty('waits');
    const other = await onlyFile(session, { period: friday });
    expect(failureOf(await prepare(session, other, await createJob())).progress).toMatchObject({
      done: 0,
      waits: true,
    });
  });

  it('waits in vain for nothing: a call that comes too early asks nothing', async () => {
    const { session, service, clock } = await opened();
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    await prepare(session, file, job);
    await clock.sleep(60_000);
    expect(failureOf(await prepare(session, file, job)).retryAfterMs).toBe(5000);
    expect(firstCalls(service)).toHaveLength(1);
  });

  it.each([
    ['pages that repeat records of the one before', { limits: { pageSize: 25 }, repeats: 10 }],
    ['an empty page with a link to the next', { limits: { pageSize: 25 }, emptyFirst: true }],
  ])('is not misled by %s', async (_, options) => {
    const { session, clock } = await opened(options);
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
  });

  it('takes "no CDRs" for an empty time, and a period without calls for a file with headings only', async () => {
    const { session, service, clock } = await opened({ legs: () => [] });
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(text.split('\r\n')).toHaveLength(2);
    expect(firstCalls(service)).toHaveLength(3);
  });

  it('writes JSON lines as the records came', async () => {
    const { session, clock } = await opened();
    const file = await onlyFile(session, { period: friday, format: 'jsonl' });
    const { text } = await makeFile(session, file, await createJob(), clock);
    const legs: unknown[] = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const [known] = sampleLegs(Date.parse('2026-03-13T06:00:00Z'), Date.parse('2026-03-13T20:00:00Z')).slice(
      20,
    );
    expect(legs).toContainEqual(known);
    expect(legs).toHaveLength(idsOf('2026-03-13').length);
  });

  it('finishes the file that was begun before it goes on with another', async () => {
    const { session, clock } = await opened();
    const [a, b] = (
      await listed(session, { per: 'day', period: { from: '2026-03-12', to: '2026-03-13' } })
    ).map(toPrepare);
    if (!a || !b) throw new Error('two files');
    const [jobA, jobB] = [await createJob(), await createJob()];
    const waitA = failureOf(await prepare(session, a, jobA)).retryAfterMs ?? 0;
    const waitB = failureOf(await prepare(session, b, jobB)).retryAfterMs ?? 0;
    expect(waitA).toBe(65_000);
    expect(waitB).toBeGreaterThan(waitA);
    await clock.sleep(waitA);
    expect(failureOf(await prepare(session, a, jobA)).progress?.done).toBe(2);
    expect(failureOf(await prepare(session, b, jobB)).progress?.done).toBe(0);
  });

  it('has the whole day when it is found again after that is over, whatever was noted before', async () => {
    const { session, clock } = await opened();
    const today = { period: { from: '2026-03-15', to: '2026-03-15' } };
    const [early, job] = [await onlyFile(session, today), await createJob()];
    await prepare(session, early, job);
    await clock.sleep(2 * DAY_MS);
    const whole = await onlyFile(session, today);
    expect([whole.fileId, whole.name === early.name]).toEqual([early.fileId, false]);
    const { text } = await makeFile(session, whole, job, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-15'));
  });

  it('goes by the time of the service where this computer has a wrong one', async () => {
    const clock = createHastyClock();
    const wrong = createHastyClock(NOON - 3 * HOUR_MS);
    const service = await startService({ clock });
    const session = openSession({ service, clock: wrong });
    await session.signIn(patience());
    const [file] = await listed(session, { per: 'day', period: { from: '2026-03-15', to: '2026-03-15' } });
    expect(file?.name).toContain('_20260315T115400Z');
  });

  describe.each([
    ['days ahead', 5 * DAY_MS],
    ['40 days ahead', 40 * DAY_MS],
    ['hours ahead', 3 * HOUR_MS],
    ['days behind', -5 * DAY_MS],
  ])('with a clock that is %s', (_, offMs) => {
    it.each(['service-app', 'token'])('an account that was kept, by %s, gets the whole day', async (way) => {
      const clock = createHastyClock();
      const service = await startService({ clock });
      const wrong = { ...clock, now: () => clock.now() + offMs };
      const { refreshToken, ...rest } = serviceAppFields(service);
      const fields =
        way === 'token'
          ? { ...rest, way, accessToken: service.client.personalToken }
          : { ...rest, refreshToken };
      const session = openSession({ service, clock: wrong, fields });
      const { text } = await makeOnly(session, { period: friday }, wrong);
      expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    });

    it('a file that was queued goes on, and nothing of it is dropped by the wrong time', async () => {
      const { session, service, clock, fields } = await opened();
      const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
      await clock.sleep(failureOf(await prepare(session, file, job)).retryAfterMs ?? 0);
      const wrong = { ...clock, now: () => clock.now() + offMs };
      const token = { ...fields, way: 'token', accessToken: service.client.personalToken, pace: '' };
      const after = openSession({ service, clock: wrong, fields: token });
      const { text } = await makeFile(after, file, job, wrong);
      expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
      expect(await inspected(after, text, job.notes)).toEqual(['rows-are-legs']);
    });
  });

  it.each(['service-app', 'token'])('asks for the time once, where no answer by %s says it', async (way) => {
    const clock = createHastyClock();
    const service = await startService({ clock });
    const fields = { ...serviceAppFields(service), way, accessToken: service.client.personalToken };
    const session = openSession({ service, clock, fields, isTimeless: true });
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service)).toHaveLength(way === 'token' ? 4 : 3);
  });

  it('ends a file where the service’s time ends that was listed by a clock that is ahead, and calls it provisional', async () => {
    const clock = createHastyClock();
    const service = await startService({ clock });
    const ahead = { ...clock, now: () => clock.now() + 3 * HOUR_MS };
    const link = JSON.stringify({
      ...{ from: NOON - 12 * HOUR_MS, to: NOON + 2 * HOUR_MS },
      ...{ format: 'csv', bom: false, safe: false, locations: [] },
    });
    const session = openSession({ service, clock: ahead });
    const job = await createJob();
    const file = { reportId: 'calls', fileId: 'today', name: 'today.csv', link };
    const { text } = await makeFile(session, file, job, ahead);
    expect(idsIn(text).length).toBeGreaterThan(0);
    expect(firstCalls(service).at(-1)?.query.get('endTime')).toMatch(/^2026-03-15T11:5/);
    expect(await inspected(session, text, job.notes)).toEqual(['rows-are-legs', 'provisional']);
  });

  it.each([
    ['a web page', () => bytesAnswer(200, 'text/html', Buffer.from('<html>Sign in to the network</html>'))],
    ['a web page with a refusal', () => bytesAnswer(403, 'text/html', Buffer.from('<html>Blocked</html>'))],
    ['JSON of its own', () => jsonAnswer(200, { portal: 'https://login.example' })],
    ['a refusal in JSON', () => jsonAnswer(503, { message: 'The proxy is busy', errors: [] })],
  ])('keeps the time of the service when something in between answers with %s', async (_, page) => {
    const { session, clock } = await opened({
      intercept: () => {
        const { headers, ...rest } = page();
        return { ...rest, headers: { ...headers, date: new Date(NOON - 3 * HOUR_MS).toUTCString() } };
      },
    });
    await session.signIn(patience());
    const file = await onlyFile(session, { period: friday });
    await session.prepareFile?.(file, await createJob(), patience());
    await clock.sleep(60_000);
    const [today] = await listed(session, { per: 'day', period: { from: '2026-03-15', to: '2026-03-15' } });
    expect(today?.name).toContain('_20260315T115500Z');
  });

  it('takes the time from the service when it refuses, with its id for support', async () => {
    const clock = createHastyClock();
    const wrong = createHastyClock(NOON - 3 * HOUR_MS);
    const service = await startService({ clock, intercept: () => refusal(403, 'no role') });
    const session = openSession({
      service,
      clock: wrong,
      fields: { accountName: 'x', way: 'token', accessToken: service.client.personalToken },
    });
    expect(failureOf(await session.signIn(patience())).code).toBe('not-allowed');
    const [file] = await listed(session, { per: 'day', period: { from: '2026-03-15', to: '2026-03-15' } });
    expect(file?.name).toContain('_20260315T115400Z');
  });
});

describe('a restart', () => {
  it('keeps the slices that are there, fetches the rest, and comes to the same file', async () => {
    const { session, reopen, service, clock } = await opened({ limits: { pageSize: 40 } });
    const file = await onlyFile(session, { period: { from: '2026-03-10', to: '2026-03-13' } });
    const whole = await makeFile(session, file, await createJob(), clock);
    const callsBefore = firstCalls(service).length;
    expect(callsBefore).toBe(9);

    const job = await createJob();
    await clock.sleep(70_000);
    for (let i = 0; i < 3; i++)
      await clock.sleep(failureOf(await prepare(session, file, job)).retryAfterMs ?? 0);
    const { text } = await makeFile(reopen(), file, job, clock);
    expect(text).toBe(whole.text);
    expect(firstCalls(service)).toHaveLength(callsBefore + 9);
  });

  it('keeps the pace of the run before with the account, for its other files too', async () => {
    const { session, reopen, service, clock } = await opened();
    await prepare(session, await onlyFile(session, { period: friday }), await createJob());
    await clock.sleep(10_000);
    const after = reopen();
    const other = await onlyFile(after, { period: { from: '2026-03-12', to: '2026-03-12' } });
    expect(failureOf(await prepare(after, other, await createJob())).retryAfterMs).toBeGreaterThanOrEqual(
      55_000,
    );
    expect(firstCalls(service)).toHaveLength(1);
  });

  it.each([
    ['cut off in its last line', (whole: Buffer) => whole.subarray(0, -20)],
    ['damaged in the middle', (whole: Buffer) => whole.fill(0, 30, 40)],
  ])('fetches a slice again that the disk has %s, and never makes a file without it', async (_, damage) => {
    const { session, reopen, clock } = await opened();
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    await prepare(session, file, job);
    const [slice = ''] = await readdir(job.path);
    await writeFile(join(job.path, slice), damage(await readFile(join(job.path, slice))));
    await clock.sleep(70_000);
    const first = await makeFile(reopen(), file, job, clock).catch(() => null);
    const { text } = first ?? (await makeFile(reopen(), file, job, clock));
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
  });

  it('keeps which address has led to the host of a 451, so that it is asked there first', async () => {
    const { service, fields, clock, reopen } = await opened({ isElsewhere: true });
    await makeOnly(reopen(), { period: friday }, clock);
    expect(fields).toMatchObject({ region: '127.0.0.1', movedFrom: service.address });
  });

  it('keeps the pace of the run before', async () => {
    const { session, reopen, service, clock } = await opened();
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    await prepare(session, file, job);
    await clock.sleep(10_000);
    expect(failureOf(await prepare(reopen(), file, job)).retryAfterMs).toBe(55_000);
    expect(firstCalls(service)).toHaveLength(1);
  });

  it('in the middle of a slice reads that slice again from its first page', async () => {
    let stop = new AbortController();
    const { session, reopen, clock } = await opened({
      limits: { pageSize: 20 },
      intercept: ({ query }) => {
        if (query.get('position') === '40') stop.abort();
        return null;
      },
    });
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    const stopped = await session.prepareFile?.(file, job, stop.signal);
    expect(stopped && failureOf(stopped).code).toBe('cancelled');
    expect(await readdir(job.path)).toEqual([]);
    stop = new AbortController();
    const { text } = await makeFile(reopen(), file, job, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
  });

  it('fetches a slice again that is missing or only begun, and no other', async () => {
    const { session, reopen, service, clock } = await opened();
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    await makeFile(session, file, job, clock);
    const [first = ''] = (await readdir(job.path)).sort();
    await rm(join(job.path, first));
    await writeFile(join(job.path, `${first}.part`), '{"items":[{"Report');
    const { text } = await makeFile(reopen(), file, job, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service).at(-1)?.query.get('startTime')).toBe('2026-03-13T00:00:00.000Z');
    expect(firstCalls(service)).toHaveLength(4);
  });

  it('trusts nothing in the folder when the journal is gone', async () => {
    const { session, service, clock } = await opened();
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    await makeFile(session, file, job, clock);
    const { text } = await makeFile(session, file, await createJob(job.path), clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service)).toHaveLength(6);
  });
});

describe('refusals', () => {
  /** Refuses the first `times` requests that `which` picks. */
  const refusing = (
    times: number,
    status: number,
    message = 'no',
    headers: Record<string, string> = {},
    which: (query: URLSearchParams) => boolean = () => true,
  ) => {
    let count = 0;
    return {
      intercept: ({ query }: { readonly query: URLSearchParams }) => {
        if (!which(query) || count >= times) return null;
        count += 1;
        return refusal(status, message, headers);
      },
    };
  };
  const isLater = (query: URLSearchParams) => query.has('startTimeForNextFetch');

  it('429 makes the first requests rare for the rest of the day, and waits as long as it says', async () => {
    const { session, service, clock } = await opened(refusing(1, 429, 'slow', { 'retry-after': '400' }));
    const { text, waits } = await makeOnly(session, { period: friday }, clock);
    expect(waits[0]).toBe(401_000);
    expect(gaps(firstCalls(service)).every((gap) => gap >= 305_000)).toBe(true);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
  });

  it('429 without a time waits a minute at least, then five, and is a failure in the end', async () => {
    const { session, clock } = await opened(refusing(99, 429));
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    const ends: string[] = [];
    for (let i = 0; i < 7; i++) {
      const { code, retryAfterMs = 0 } = failureOf(await prepare(session, file, job));
      ends.push(code);
      await clock.sleep(retryAfterMs);
    }
    expect(ends).toEqual([...Array.from({ length: 6 }, () => 'being-made'), 'too-many-connections']);
  });

  it('429 on a further page waits, and keeps the pages before it', async () => {
    const { session, service, clock } = await opened({
      limits: { pageSize: 40 },
      ...refusing(1, 429, 'slow', { 'retry-after': '30' }, isLater),
    });
    await prepare(session, await onlyFile(session, { period: friday }), await createJob());
    expect(clock.slept).toContain(31_000);
    expect(firstCalls(service)).toHaveLength(1);
  });

  it.each([500, 502, 503])('%i is tried three times again', async (status) => {
    const passing = await opened(refusing(3, status));
    const file = await onlyFile(passing.session, { period: friday });
    const { text } = await makeFile(passing.session, file, await createJob(), passing.clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));

    const lasting = await opened(refusing(99, status));
    await expect(makeFile(lasting.session, file, await createJob(), lasting.clock)).rejects.toThrow(
      'service-down',
    );
    expect(firstCalls(lasting.service)).toHaveLength(4);
  });

  it('423 waits as long as it says', async () => {
    const { session, clock } = await opened(refusing(1, 423, 'locked', { 'retry-after': '200' }));
    const { waits } = await makeOnly(session, { period: friday }, clock);
    expect(waits[0]).toBe(200_000);
  });

  it('504 halves the time that is asked for, until it is enough', async () => {
    const tooMuch = ({ query }: { readonly query: URLSearchParams }) => {
      const length = Date.parse(query.get('endTime') ?? '') - Date.parse(query.get('startTime') ?? '');
      return length > 3 * HOUR_MS ? refusal(504, 'timeout') : null;
    };
    const { session, service, clock } = await opened({ intercept: tooMuch });
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service)).toHaveLength(3 * 7);
  });

  it('504 for a few minutes is a failure in the end', async () => {
    const { session, clock } = await opened(refusing(999, 504));
    const file = await onlyFile(session, { period: friday });
    await expect(makeFile(session, file, await createJob(), clock)).rejects.toThrow('service-down');
  });

  it('400 for a window that is too long asks for half as long', async () => {
    const { session, service, clock } = await opened({ limits: { windowMs: 6 * HOUR_MS } });
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service)).toHaveLength(1 + 6);
  });

  it('400 that speaks of both limits asks for less at a time, and leaves no day out', async () => {
    const words = 'The range must lie within the last 30 days and be at most 12 hours';
    const { session, service, clock } = await opened(refusing(1, 400, words));
    const file = await onlyFile(session, { period: { from: '2026-03-05', to: '2026-03-05' } });
    const { text } = await makeFile(session, file, await createJob(), clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-05'));
    expect(firstCalls(service)).toHaveLength(1 + 6);
    const lasting = await opened(refusing(99, 400, words));
    await expect(makeFile(lasting.session, file, await createJob(), lasting.clock)).rejects.toThrow(
      'bad-request',
    );
  });

  it('400 for a window that is too long even then is a failure', async () => {
    const { session, clock } = await opened({ limits: { windowMs: HOUR_MS } });
    const file = await onlyFile(session, { period: friday });
    await expect(makeFile(session, file, await createJob(), clock)).rejects.toThrow('bad-request');
  });

  it('400 for a time that is too old goes back two days only, and says so', async () => {
    const { session, clock } = await opened({ limits: { keptMs: 48 * HOUR_MS } });
    const file = await onlyFile(session, { period: { from: '2026-03-10', to: '2026-03-14' } });
    const job = await createJob();
    const { text } = await makeFile(session, file, job, clock);
    const starts = rowsOf(text).map((row) => Date.parse(row['Start time'] ?? ''));
    expect(Math.min(...starts)).toBeGreaterThan(NOON - 50 * HOUR_MS);
    expect(Math.max(...starts)).toBeLessThan(Date.parse('2026-03-15'));
    expect(await inspected(session, text, job.notes)).toEqual([
      'rows-are-legs',
      'provisional',
      'too-old-left-out',
    ]);
  });

  it('a period that is too old as a whole is a failure of its own', async () => {
    const { session, clock } = await opened({ limits: { keptMs: 48 * HOUR_MS } });
    const file = await onlyFile(session, { period: { from: '2026-03-10', to: '2026-03-10' } });
    await expect(makeFile(session, file, await createJob(), clock)).rejects.toThrow('expired');
  });

  it('401 gets one new token and one more try', async () => {
    const { session, service, clock } = await opened();
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    await prepare(session, file, job);
    service.revoke();
    const { text } = await makeFile(session, file, job, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(service.calls.filter(({ path }) => path === '/v1/access_token')).toHaveLength(2);
  });

  it('401 with a new token means that the access is gone', async () => {
    const { session, service } = await opened(refusing(99, 401));
    const file = await onlyFile(session, { period: friday });
    expect(failureOf(await prepare(session, file, await createJob())).code).toBe('access-lost');
    expect(firstCalls(service)).toHaveLength(2);
  });

  it.each([
    [400, 'bad-request'],
    [403, 'not-allowed'],
    [404, 'not-found'],
    [405, 'service-refused'],
    [409, 'service-refused'],
    [410, 'service-refused'],
    [415, 'service-refused'],
    [428, 'service-refused'],
  ])('%i is %s at once', async (status, code) => {
    const { session, service } = await opened(refusing(99, status));
    const file = await onlyFile(session, { period: friday });
    expect(failureOf(await prepare(session, file, await createJob()))).toMatchObject({ code, status });
    expect(firstCalls(service)).toHaveLength(1);
  });

  it.each([400, 404])('%i on a link of the service restarts the slice', async (status) => {
    const { session, service, clock } = await opened({
      limits: { pageSize: 40 },
      ...refusing(1, status, 'gone', {}, isLater),
    });
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service)).toHaveLength(4);
  });

  it('451 moves to the host that it names, once, and keeps the region', async () => {
    const { session, service, clock, remembered } = await opened({ isElsewhere: true });
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service).map(({ isElsewhere }) => isElsewhere)).toEqual([false, true, true, true]);
    expect(remembered.filter((one) => 'region' in one)).toHaveLength(1);
  });

  it('451 twice is a failure', async () => {
    const clock = createHastyClock();
    const service: WebexService = await startService({
      clock,
      intercept: () => refusal(451, `Please use ${new URL(service.elsewhere).host}`),
    });
    const session = openSession({ service, clock });
    const file = await onlyFile(session, { period: friday });
    expect(failureOf(await prepare(session, file, await createJob()))).toMatchObject({
      code: 'service-refused',
      status: 451,
    });
    expect(firstCalls(service)).toHaveLength(2);
  });

  it('451 that names a host of somebody else is a failure, and nothing is sent there', async () => {
    const { session, service } = await opened(refusing(99, 451, 'Please use example.com'));
    const file = await onlyFile(session, { period: friday });
    expect(failureOf(await prepare(session, file, await createJob())).code).toBe('untrusted-host');
    expect(firstCalls(service)).toHaveLength(1);
  });

  it('never show a token or a secret', async () => {
    const seen: string[] = [];
    const { session, fields } = await opened({
      intercept: ({ authorization = '' }) => {
        seen.push(authorization.replace('Bearer ', ''));
        return refusal(400, `bad request of ${authorization}, client ${fields.clientSecret}`);
      },
    });
    const why = JSON.stringify(
      failureOf(await prepare(session, await onlyFile(session, { period: friday }), await createJob())),
    );
    expect(seen).toHaveLength(1);
    for (const secret of [...seen, fields.refreshToken]) expect(why).not.toContain(secret);
  });
});

describe('what answers in the place of the service', () => {
  const page = (status: number) =>
    bytesAnswer(status, 'text/html', Buffer.from('<html>Sign in to the network</html>'));

  it.each([
    ['a web page', () => page(200)],
    ['a refusal that is a web page', () => page(403)],
    ['a way to another page', () => ({ ...page(302), headers: { location: 'https://login.example/' } })],
    ['half a page of records', () => bytesAnswer(200, 'application/json', Buffer.from('{"items":['))],
    ['nothing', () => bytesAnswer(200, 'application/json', Buffer.alloc(0))],
  ])('%s does not end what has begun: the slice is asked for again', async (_, answer) => {
    const { session, service, clock } = await opened({
      intercept: () => (firstCalls(service).length === 2 ? answer() : null),
    });
    const { text, waits } = await makeOnly(session, { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service)).toHaveLength(4);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(30_000);
  });

  it('is told after a quarter of an hour, and the slices that were there before are kept', async () => {
    let isBlocked = false;
    const { session, service, clock } = await opened({ intercept: () => (isBlocked ? page(200) : null) });
    const [file, job] = [await onlyFile(session, { period: friday }), await createJob()];
    await clock.sleep(failureOf(await prepare(session, file, job)).retryAfterMs ?? 0);
    isBlocked = true;
    const from = clock.now();
    await expect(makeFile(session, file, job, clock)).rejects.toThrow('html-answer');
    expect(clock.now() - from).toBeGreaterThan(12 * 60_000);
    isBlocked = false;
    const before = firstCalls(service).length;
    const { text } = await makeFile(session, file, job, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(firstCalls(service)).toHaveLength(before + 2);
  });
});

describe('answers that are no pages', () => {
  const answer = (body: string, headers: Record<string, string> = {}) => ({
    status: 200,
    headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
    body: Buffer.from(body),
  });

  it.each([
    ['{"records":[]}', 'unusable-answer'],
    ['{"items":{}}', 'unusable-answer'],
    ['{"items":["x"]}', 'unusable-answer'],
    ['[]', 'unusable-answer'],
    ['', 'empty-answer'],
    ['<html></html>', 'html-answer'],
    ['{"items":[', 'broken-json'],
  ])('%j is %s, not "no calls"', async (body, code) => {
    const { session } = await opened({ intercept: () => answer(body) });
    const job = await createJob();
    const file = await onlyFile(session, { period: friday });
    expect(failureOf(await prepare(session, file, job)).code).toBe(code);
    expect(await readdir(job.path)).toEqual([]);
  });

  const leg = JSON.stringify(
    { items: [{ 'Report ID': 'x', 'Start time': '2026-03-13T01:00:00.000Z' }] },
    null,
    2,
  );

  it('a link that repeats is the end, and line breaks between the parts of JSON do no harm', async () => {
    const clock = createHastyClock();
    const service: WebexService = await startService({
      clock,
      intercept: () =>
        answer(leg, { link: `<<${service.address}/v1/cdr_feed?startTimeForNextFetch=1>;rel="next">` }),
    });
    const session = openSession({ service, clock });
    const { text } = await makeOnly(session, { period: friday }, clock);
    expect(rowsOf(text)).toHaveLength(1);
    expect(laterPages(service)).toHaveLength(3);
  });

  it('a slice of more than 1000 pages is asked for in halves, and a shortest one with pages without end fails', async () => {
    const clock = createHastyClock();
    const isLong = ({ query }: { readonly query: URLSearchParams }) =>
      Date.parse(query.get('endTime') ?? '') - Date.parse(query.get('startTime') ?? '') > 6 * HOUR_MS;
    let pages = 0;
    const withMore = (call: WebexCall) => {
      pages += 1;
      const more = new URLSearchParams(call.query);
      more.set('startTimeForNextFetch', String(pages));
      return answer(leg, { link: `<<${service.address}/v1/cdr_feed?${more}>;rel="next">` });
    };
    const service: WebexService = await startService({
      clock,
      limits: { rates: null },
      intercept: (call) => (isLong(call) ? withMore(call) : null),
    });
    const { text } = await makeOnly(openSession({ service, clock }), { period: friday }, clock);
    expect(idsIn(text)).toEqual(idsOf('2026-03-13'));
    expect(pages).toBe(3 * 1000);
  });

  it('a link to somebody else is not followed', async () => {
    const { session, service } = await opened({
      intercept: () => answer(leg, { link: '<<https://example.com/v1/cdr_feed?x=1>;rel="next">' }),
    });
    const file = await onlyFile(session, { period: friday });
    expect(failureOf(await prepare(session, file, await createJob())).code).toBe('untrusted-host');
    expect(feedCalls(service)).toHaveLength(1);
  });
});

describe('time that passes', () => {
  it('slices that become too old while they wait are left out, and that is said', async () => {
    const { session, clock } = await opened();
    const file = await onlyFile(session, { per: 'month', period: { from: '2026-02-14', to: '2026-02-20' } });
    const job = await createJob();
    await prepare(session, file, job);
    clock.set(NOON + 3 * DAY_MS);
    const { text } = await makeFile(session, file, job, clock);
    const days = new Set(rowsOf(text).map((row) => row['Start time']?.slice(0, 10)));
    expect([...days].sort()[0]).toBe('2026-02-14');
    expect(days.has('2026-02-15')).toBe(false);
    expect(await inspected(session, text, job.notes)).toEqual(['rows-are-legs', 'too-old-left-out']);
  });

  it.each([
    ['2026-03-13', ['rows-are-legs']],
    ['2026-03-14', ['rows-are-legs', 'provisional']],
    ['2026-03-15', ['rows-are-legs', 'provisional']],
  ])('a file of %s is %j at noon of the 15th', async (day, notes) => {
    const { session, clock } = await opened();
    const [file, job] = [await onlyFile(session, { period: { from: day, to: day } }), await createJob()];
    const { text } = await makeFile(session, file, job, clock);
    expect(rowsOf(text).length).toBeGreaterThan(0);
    expect(await inspected(session, text, job.notes)).toEqual(notes);
  });

  it('a file without a journal still has legs for rows', async () => {
    const { session } = await opened();
    expect(await inspected(session, 'a\r\n1\r\n', null)).toEqual(['rows-are-legs']);
  });
});

describe('locations', () => {
  const tenPlaces = Array.from({ length: 10 }, (_, i) => `Place ${i}`);
  const made = async (locations: string) => {
    const { session, service, clock } = await opened();
    const file = await onlyFile(session, { period: friday, locations });
    const { text } = await makeFile(session, file, await createJob(), clock);
    return { sent: firstCalls(service)[0]?.query.get('locations') ?? null, rows: rowsOf(text) };
  };

  it.each([
    ['by their names', 'Depot North; Head office', ['Depot North', 'Head office']],
    ['in another case', 'DEPOT north', ['Depot North']],
    ['with a comma in them', 'Harbour, east quay', ['Harbour, east quay']],
    ['of more than ten', `Head office;${tenPlaces.join(';')}`, ['Head office']],
  ])('are picked here %s, and never sent', async (_, locations, found) => {
    const { sent, rows } = await made(locations);
    expect(sent).toBeNull();
    expect(new Set(rows.map((row) => row.Location))).toEqual(new Set(found));
  });

  it('that no record has are named, also after a restart', async () => {
    const { session, reopen, clock } = await opened();
    const locations = 'Depot Nroth; Head office; Nowhere';
    const [file, job] = [await onlyFile(session, { period: friday, locations }), await createJob()];
    await prepare(session, file, job);
    await clock.sleep(70_000);
    await prepare(session, file, job);
    const { text } = await makeFile(reopen(), file, job, clock);
    expect(await inspected(session, text, job.notes)).toEqual([
      'rows-are-legs',
      { unseen: ['Depot Nroth', 'Nowhere'] },
    ]);
  });
});
