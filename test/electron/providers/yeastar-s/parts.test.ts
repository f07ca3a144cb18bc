import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/contract/failure.ts';
import { failed } from '../../../../electron/contract/result.ts';
import { type PbxAnswer, refusal } from '../../../../electron/demo/yeastar-s/pbx-answer.ts';
import { HEADING } from '../../../../electron/demo/yeastar-s/pbx-records.ts';
import type { HttpClient } from '../../../../electron/network/http.ts';
import { type Asked, csvAnswer, findFile, inspect, newJob, prepare, prepareOnce, withPbx } from './pbx.ts';

const month = { from: '2026-02-01', to: '2026-02-28' };
const day = { from: '2026-03-02', to: '2026-03-02' };

const spanOf = ({ call }: Asked) => {
  const [, from = '', to = ''] = /starttime=([\d-]+)%20.*endtime=([\d-]+)%20/.exec(call.query) ?? [];
  return { from, to };
};
const spans = (asked: readonly Asked[]) =>
  asked.filter(({ name }) => name === 'download').map((one) => Object.values(spanOf(one)).join(' '));
const daysOf = ({ from, to }: { from: string; to: string }) =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

const gatewayTimeout: PbxAnswer = { kind: 'json', status: 504, value: {} };

describe('a span that is too long for the PBX', () => {
  it('is halved after a 504 until it is short enough, and makes the same file', async () => {
    const whole = await withPbx();
    const expected = await prepare(whole.session, await findFile(whole.session, month), await newJob());
    const pbx = await withPbx({
      change: (asked, usual) =>
        asked.name === 'download' && daysOf(spanOf(asked)) > 7 ? gatewayTimeout : usual,
    });
    const made = await prepare(pbx.session, await findFile(pbx.session, month), await newJob());
    expect(made.content).toBe(expected.content);
    expect(spans(pbx.asked)).toEqual([
      '2026-02-01 2026-02-28',
      '2026-02-01 2026-02-14',
      '2026-02-01 2026-02-07',
      '2026-02-08 2026-02-14',
      '2026-02-15 2026-02-28',
      '2026-02-15 2026-02-21',
      '2026-02-22 2026-02-28',
    ]);
  });

  it('is halved when no answer comes in time', async () => {
    let timeouts = 0;
    const through = (http: HttpClient): HttpClient => ({
      ...http,
      stream: async (request, open) =>
        timeouts++ === 0
          ? failed(failure('timed-out', 'UND_ERR_HEADERS_TIMEOUT: pbx'))
          : http.stream(request, open),
    });
    const pbx = await withPbx();
    const session = pbx.open({}, { through });
    const made = await prepare(session, await findFile(session, month), await newJob());
    expect(made.failure).toBeNull();
    expect(spans(pbx.asked)).toEqual(['2026-02-01 2026-02-14', '2026-02-15 2026-02-28']);
  });

  it.each([
    ['does not come in time', failed(failure('timed-out', 'UND_ERR_HEADERS_TIMEOUT: pbx'))],
    ['is answered by 504', null],
  ])('is halved when its random string %s', async (_how, silence) => {
    let asked = 0;
    const through = (http: HttpClient): HttpClient => ({
      ...http,
      async exchange(request, options) {
        if (!request.url.includes('get_random') || asked++ > 0) return http.exchange(request, options);
        return silence ?? { ok: true, value: { status: 504, headers: {}, text: '' } };
      },
    });
    const pbx = await withPbx();
    const session = pbx.open({}, { through });
    const made = await prepare(session, await findFile(session, month), await newJob());
    expect(made.failure).toBeNull();
    expect(spans(pbx.asked)).toEqual(['2026-02-01 2026-02-14', '2026-02-15 2026-02-28']);
  });

  it('is not halved below a day: then the PBX has a problem', async () => {
    const pbx = await withPbx({
      change: ({ name }, usual) => (name === 'download' ? gatewayTimeout : usual),
    });
    const made = await prepare(
      pbx.session,
      await findFile(pbx.session, { from: '2026-03-02', to: '2026-03-03' }),
      await newJob(),
    );
    expect(made.failure).toMatchObject({
      code: 'service-down',
      detail: 'download of 2026-03-02 alone: download: HTTP 504',
    });
    expect(spans(pbx.asked)).toEqual(['2026-03-02 2026-03-03', '2026-03-02 2026-03-02']);
  });

  it('leaves parts out that hold no records', async () => {
    const pbx = await withPbx({
      change: (asked, usual) => {
        if (asked.name !== 'download') return usual;
        if (daysOf(spanOf(asked)) > 14) return gatewayTimeout;
        return spanOf(asked).from === '2026-02-01' ? refusal(20_021) : usual;
      },
    });
    const made = await prepare(pbx.session, await findFile(pbx.session, month), await newJob());
    expect(made.content?.split('\n').slice(0, 2)).toEqual([
      HEADING,
      expect.stringMatching(/^\d+\.0,2026-02-15 /),
    ]);
  });

  it('shows how many of its parts are there, and that it waits for its turn until the first is', async () => {
    const { session } = await withPbx({
      change: ({ name, count }, usual) => (name === 'download' && count === 1 ? gatewayTimeout : usual),
    });
    const job = await newJob();
    const file = await findFile(session, month);
    const progress: unknown[] = [];
    for (;;) {
      const prepared = await prepareOnce(session, file, job);
      if (prepared.ok) break;
      progress.push(prepared.failure.progress);
    }
    expect(progress).toEqual([
      { done: 0, total: 1, msLeft: null, waits: true },
      { done: 0, total: 2, msLeft: null, waits: true },
      { done: 1, total: 2, msLeft: null },
    ]);
  });
});

describe('a connection that breaks within the file', () => {
  const breaking: PbxAnswer = csvAnswer(`${HEADING}\n1.1,2026`, { length: 'told', breaksAfter: 20 });

  it('has the same span fetched again from its start, a little later', async () => {
    const pbx = await withPbx({
      change: ({ name, count }, usual) => (name === 'download' && count === 1 ? breaking : usual),
    });
    const job = await newJob();
    const file = await findFile(pbx.session, month);
    await prepareOnce(pbx.session, file, job);
    expect(await prepareOnce(pbx.session, file, job)).toMatchObject({
      failure: { code: 'being-made', retryAfterMs: 2000 },
    });
    expect((await prepare(pbx.session, file, job)).failure).toBeNull();
    expect(spans(pbx.asked)).toEqual(['2026-02-01 2026-02-28', '2026-02-01 2026-02-28']);
  });

  it('twice has the span halved', async () => {
    const pbx = await withPbx({
      change: ({ name, count }, usual) => (name === 'download' && count <= 2 ? breaking : usual),
    });
    expect(
      (await prepare(pbx.session, await findFile(pbx.session, month), await newJob())).failure,
    ).toBeNull();
    expect(spans(pbx.asked).slice(2)).toEqual(['2026-02-01 2026-02-14', '2026-02-15 2026-02-28']);
  });

  it('again and again in a single day ends as a problem of the PBX', async () => {
    const pbx = await withPbx({ change: ({ name }, usual) => (name === 'download' ? breaking : usual) });
    expect(
      (await prepare(pbx.session, await findFile(pbx.session, day), await newJob())).failure,
    ).toMatchObject({
      code: 'service-down',
    });
  });
});

describe('a file that comes without a length', () => {
  const row = '1.1,2026-03-02 10:00:00,1000,1001,9,3,,,ANSWERED,Internal,,,,S';
  const whole = `${HEADING}\n${row}\n`;

  async function fetchAs(...answers: readonly PbxAnswer[]) {
    const pbx = await withPbx({
      change: ({ name, count }, usual) =>
        name === 'download' ? (answers[Math.min(count, answers.length) - 1] ?? usual) : usual,
    });
    const job = await newJob();
    const made = await prepare(pbx.session, await findFile(pbx.session, day), job);
    const downloads = pbx.names().filter((name) => name === 'download').length;
    return { ...made, downloads, notes: await inspect(pbx.session, job) };
  }

  it.each([
    ['ends with a line break', whole],
    ['ends with all columns of its last line', whole.trimEnd()],
    ['has a heading only', HEADING],
  ])('is whole when it %s', async (_, text) => {
    expect(await fetchAs(csvAnswer(text))).toMatchObject({ content: text, downloads: 1, notes: [] });
  });

  it('is fetched once more when its last line looks cut off', async () => {
    const cut = csvAnswer(whole, { endsAfter: whole.length - 8 });
    expect(await fetchAs(cut, csvAnswer(whole))).toMatchObject({ content: whole, downloads: 2, notes: [] });
  });

  it('is whole when it comes the same twice', async () => {
    const odd = `${whole}1.2,2026-03-02 11:00:00`;
    expect(await fetchAs(csvAnswer(odd))).toMatchObject({ content: odd, downloads: 2, notes: [] });
  });

  it.each([
    [40, 20],
    [20, 40],
  ])(
    'may be incomplete when it is cut off elsewhere (%i, %i): the longer one is taken',
    async (first, second) => {
      const cutAt = (bytes: number) => csvAnswer(whole, { endsAfter: whole.length - bytes });
      const made = await fetchAs(cutAt(first), cutAt(second));
      expect(made).toMatchObject({
        content: whole.slice(0, whole.length - 20),
        downloads: 2,
        notes: ['maybe-incomplete'],
      });
    },
  );

  it('is not doubted when a length was told and kept', async () => {
    const odd = csvAnswer(`${whole}1.2,2026`, { length: 'told' });
    expect(await fetchAs(odd)).toMatchObject({ downloads: 1, notes: [] });
  });
});

describe('a period that is not over', () => {
  it.each([
    ['today', '2026-03-15', '2026-03-15T12:00:00Z', ['provisional']],
    ['yesterday', '2026-03-14', '2026-03-15T12:00:00Z', []],
    ['yesterday, nine minutes after midnight', '2026-03-14', '2026-03-15T00:09:00Z', ['provisional']],
    ['yesterday, ten minutes after midnight', '2026-03-14', '2026-03-15T00:10:00Z', []],
  ])('gives a provisional file: %s', async (_, to, now, notes) => {
    const pbx = await withPbx();
    pbx.clock.set(Date.parse(now));
    const job = await newJob();
    await prepare(pbx.session, await findFile(pbx.session, { from: '2026-03-01', to }), job);
    expect(await inspect(pbx.session, job)).toEqual(notes);
  });

  it('goes by the time zone of the PBX', async () => {
    const pbx = await withPbx();
    pbx.clock.set(Date.parse('2026-03-15T12:00:00Z'));
    const session = pbx.open({ timeZone: 'Pacific/Kiritimati' });
    const job = await newJob();
    await prepare(session, await findFile(session, { from: '2026-03-14', to: '2026-03-15' }), job);
    expect(await inspect(session, job)).toEqual([]);
  });
});

describe('after a restart', () => {
  async function inTheMiddle() {
    let isFirst = true;
    const pbx = await withPbx({
      change({ name }, usual) {
        const answer = name === 'download' && isFirst ? gatewayTimeout : usual;
        if (name === 'download') isFirst = false;
        return answer;
      },
    });
    const job = await newJob();
    const file = await findFile(pbx.session, month);
    for (const _ of [1, 2, 3]) await prepareOnce(pbx.session, file, job);
    expect(await readdir(job.path)).toEqual(['2026-02-01_2026-02-14.csv']);
    pbx.asked.length = 0;
    return { pbx, job, file };
  }

  it('goes on with the parts that are still missing', async () => {
    const { pbx, job, file } = await inTheMiddle();
    const made = await prepare(pbx.open(), file, job);
    expect(made.content).toContain('2026-02-01');
    expect(made.content).toContain('2026-02-28');
    expect(spans(pbx.asked)).toEqual(['2026-02-15 2026-02-28']);
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['is gone', (path) => rm(path)],
    ['is not as long as it was', (path) => writeFile(path, HEADING)],
  ])('fetches a part again whose file %s', async (_, spoil) => {
    const { pbx, job, file } = await inTheMiddle();
    await spoil(join(job.path, '2026-02-01_2026-02-14.csv'));
    expect((await prepare(pbx.open(), file, job)).failure).toBeNull();
    expect(spans(pbx.asked)).toEqual(['2026-02-01 2026-02-14', '2026-02-15 2026-02-28']);
  });

  it('begins anew rather than mix two versions of the API', async () => {
    const { pbx, job, file } = await inTheMiddle();
    expect((await prepare(pbx.open({ apiVersion: 'v2.0.0' }), file, job)).failure).toBeNull();
    expect(spans(pbx.asked)).toEqual(['2026-02-01 2026-02-28']);
  });

  it.each(['', 'no JSON', '{"version":"v1.1.0"}', '[]'])(
    'begins anew with notes that say nothing: %j',
    async (notes) => {
      const { pbx, job, file } = await inTheMiddle();
      job.notes = notes;
      expect((await prepare(pbx.open(), file, job)).failure).toBeNull();
      expect(spans(pbx.asked)).toEqual(['2026-02-01 2026-02-28']);
    },
  );

  it('asks again for a period that had no records, once its folder is gone', async () => {
    const pbx = await withPbx({
      change: ({ name, count }, usual) => (name === 'download' && count === 1 ? refusal(20_021) : usual),
    });
    const job = await newJob();
    const file = await findFile(pbx.session, day);
    expect((await prepare(pbx.session, file, job)).failure).toMatchObject({ code: 'no-data' });
    for (const name of await readdir(job.path)) await rm(join(job.path, name));
    expect((await prepare(pbx.session, file, job)).content).toContain('callid,');
  });
});

describe('what has no records', () => {
  /** A PBX that answers its first two downloads so. */
  const quiet = (answer: PbxAnswer) =>
    withPbx({ change: ({ name, count }, usual) => (name === 'download' && count <= 2 ? answer : usual) });

  it.each([
    ['says so', refusal(20_021)],
    ['answers nothing, twice', csvAnswer('')],
  ])('is asked about anew when a person tries again, where the PBX %s', async (_how, answer) => {
    const pbx = await quiet(answer);
    const job = await newJob();
    const file = await findFile(pbx.session, day);
    const ends: unknown[] = [];
    for (let tries = 0; tries < 3; tries += 1)
      ends.push((await prepare(pbx.session, file, job)).failure?.code);
    expect(ends[0]).toBe('no-data');
    expect(ends.at(-1)).toBeUndefined();
  });

  /** What is told of a period in two halves, one of which is answered so. */
  async function halves(answer: PbxAnswer, period = month, begin = period.from) {
    const pbx = await withPbx({
      change: (asked, usual) => {
        if (asked.name !== 'download') return usual;
        if (asked.count === 1) return gatewayTimeout;
        return spanOf(asked).from === begin ? answer : usual;
      },
    });
    const job = await newJob();
    const { failure: why } = await prepare(pbx.session, await findFile(pbx.session, period), job);
    expect(why).toBeNull();
    return inspect(pbx.session, job);
  }

  it('in a file of several parts may be incomplete, unless the PBX says that there is nothing', async () => {
    expect(await halves(refusal(20_021))).toEqual([]);
    expect(await halves(refusal(20_007))).toEqual(['maybe-incomplete']);
    expect(await halves(csvAnswer(''))).toEqual(['maybe-incomplete']);
  });

  it('is provisional while its days are not over, as records are', async () => {
    expect(await halves(refusal(20_021), { from: '2026-03-14', to: '2026-03-15' }, '2026-03-15')).toEqual([
      'provisional',
    ]);
  });
});
