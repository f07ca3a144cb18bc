import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/contract/failure.ts';
import { failed } from '../../../../electron/contract/result.ts';
import { type PbxAnswer, refusal, success } from '../../../../electron/demo/yeastar-s/pbx-answer.ts';
import { HEADING } from '../../../../electron/demo/yeastar-s/pbx-records.ts';
import type { HttpClient, HttpRequest } from '../../../../electron/network/http.ts';
import { connectionDefaults } from '../../../../electron/network/routes.ts';
import { csvAnswer, findFile, inspect, newJob, patience, prepare, prepareOnce, withPbx } from './pbx.ts';

const day = { from: '2026-03-02', to: '2026-03-02' };
const csv = `${HEADING}\n1.1,2026-03-02 10:00:00,1000,1001,9,3,,,ANSWERED,Internal,,,,S\n`;

/** A PBX whose answers to `name` are these, one after the other; the last one stays. Null: its own. */
const answering = (name: string, ...answers: readonly (PbxAnswer | null)[]) =>
  withPbx({
    change: (asked, usual) =>
      asked.name === name ? (answers[Math.min(asked.count, answers.length) - 1] ?? usual) : usual,
  });

async function fetchDay(pbx: Awaited<ReturnType<typeof withPbx>>, extensions?: string) {
  const job = await newJob();
  const made = await prepare(pbx.session, await findFile(pbx.session, day, extensions), job);
  return { ...made, notes: await inspect(pbx.session, job), job };
}

describe('fetching a file', () => {
  it('asks for a random string and gets the file with it, right away', async () => {
    const pbx = await withPbx();
    const { content, notes } = await fetchDay(pbx);
    expect(content?.split('\n')[0]).toBe(HEADING);
    expect(content?.split('\n')[1]).toMatch(/^\d+\.0,2026-03-02 \d\d:\d\d:\d\d,/);
    expect(notes).toEqual([]);
    expect(pbx.names()).toEqual(['login', 'random', 'download']);
    const [, random, download] = pbx.asked.map(({ call }) => call);
    expect(random?.method).toBe('POST');
    expect(random?.query).toMatch(/^token=[0-9a-f]{32}$/);
    expect(JSON.parse(random?.body ?? '')).toEqual({
      extid: 'all',
      starttime: '2026-03-02 00:00:00',
      endtime: '2026-03-02 23:59:59',
    });
    expect(download).toMatchObject({ method: 'GET', path: '/api/v1.1.0/cdr/download' });
    expect(download?.query).toMatch(
      /^extid=all&starttime=2026-03-02%2000:00:00&endtime=2026-03-02%2023:59:59&token=[0-9a-f]{32}&random=[0-9a-f]{32}$/,
    );
  });

  it('counts every byte of it as it comes, since the person may limit their speed', async () => {
    const pbx = await withPbx();
    const arrived: number[] = [];
    const job = Object.assign(await newJob(), { arrived: (bytes: number) => void arrived.push(bytes) });
    const { content } = await prepare(pbx.session, await findFile(pbx.session, day), job);
    const sum = arrived.reduce((total, bytes) => total + bytes, 0);
    expect(sum).toBe(Buffer.byteLength(content ?? ''));
    expect(sum).toBeGreaterThan(100);
  });

  it('of more than 50 extensions asks for all, and holds the rows of those alone', async () => {
    const pbx = await withPbx();
    const all = await fetchDay(pbx);
    const numbers = [1000, 1001, 1002, ...Array.from({ length: 48 }, (_, n) => 7000 + n)].join(',');
    const { content } = await fetchDay(pbx, numbers);
    const [heading, ...rows] = all.content?.split('\n') ?? [];
    const theirs = rows.filter((row) => row === '' || /[,<](1000|1001|1002)[,>]/.test(row));
    expect(content).toBe([heading, ...theirs].join('\n'));
    expect(theirs.length).toBeGreaterThan(1);
    expect(theirs.length).toBeLessThan(rows.length);
    const bodies = pbx.asked.filter(({ name }) => name === 'random').map(({ call }) => call.body);
    expect(bodies.map((body) => JSON.parse(body).extid)).toEqual(['all', 'all']);
  });

  it('that hold no number in their heading can be had for all extensions only', async () => {
    const pbx = await answering('download', csvAnswer('callid,a,b,c,d,e\n1,2,3,4,5,6\n'));
    const numbers = Array.from({ length: 51 }, (_, n) => 1000 + n).join(',');
    expect((await fetchDay(pbx, numbers)).failure).toMatchObject({ code: 'unusable-answer' });
    expect((await fetchDay(pbx)).failure).toBeNull();
  });

  it('says first how many parts there are, and makes one with each step', async () => {
    const { session } = await withPbx();
    const job = await newJob();
    const file = await findFile(session, day);
    expect(await prepareOnce(session, file, job)).toMatchObject({
      failure: { code: 'being-made', progress: { done: 0, total: 1, msLeft: null }, subject: file.name },
    });
    expect(await prepareOnce(session, file, job)).toMatchObject({ ok: true, value: { kind: 'made' } });
  });

  it('gives the same bytes each time they are read, without asking again', async () => {
    const pbx = await withPbx();
    const { content, job } = await fetchDay(pbx);
    const again = await prepare(pbx.session, await findFile(pbx.session, day), job);
    expect(again).toMatchObject({ content, steps: 1 });
    expect(pbx.names()).toEqual(['login', 'random', 'download']);
  });

  it('keeps the bytes as they came: mark, blank lines, CRLF, any encoding', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`\uFEFF\r\n${HEADING}\r\n`),
      Buffer.from('1.1,2026-03-02 10:00:00,"M\xfcller, A",1001,9,3,,,ANSWERED,Internal,,,,S\r\n', 'latin1'),
    ]);
    const { session } = await answering('download', { kind: 'file', bytes, length: 'none' });
    const prepared = await (async () => {
      const job = await newJob();
      const file = await findFile(session, day);
      await prepareOnce(session, file, job);
      return prepareOnce(session, file, job);
    })();
    if (!prepared.ok || prepared.value.kind !== 'made') throw new Error('not made');
    const chunks: Buffer[] = [];
    for await (const chunk of prepared.value.bytes()) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  it('uses the values as the PBX repeats them', async () => {
    const pbx = await withPbx({
      change: ({ name }, usual) =>
        name === 'random'
          ? success({
              extid: 'all',
              starttime: '2026-3-2 0:00:00',
              endtime: '2026-3-2 23:59:59',
              random: 'r',
            })
          : name === 'download'
            ? csvAnswer(csv)
            : usual,
    });
    await fetchDay(pbx);
    expect(pbx.asked.at(-1)?.call.query).toContain(
      'starttime=2026-3-2%200:00:00&endtime=2026-3-2%2023:59:59&',
    );
  });

  it('fetches one file at a time from a PBX, over all sessions', async () => {
    const pbx = await withPbx();
    await Promise.all(
      [pbx.session, pbx.open(), pbx.open({ userName: 'demo ' })].map(async (session) =>
        prepare(session, await findFile(session, day), await newJob()),
      ),
    );
    const files = pbx.names().filter((name) => name !== 'login');
    expect(files).toEqual(['random', 'download', 'random', 'download', 'random', 'download']);
  });

  it('leaves the line of a PBX at once when it is stopped', async () => {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const pbx = await withPbx();
    const through = (http: HttpClient): HttpClient => ({
      ...http,
      exchange: (request, options) => held.then(() => http.exchange(request, options)),
    });
    const slow = pbx.open({}, { through });
    const first = prepare(slow, await findFile(slow, day), await newJob());
    const stop = new AbortController();
    const { link, id: fileId, name } = await findFile(pbx.session, day);
    const wanted = { reportId: 'cdr', fileId, name, link };
    const second = pbx.session.prepareFile?.(wanted, await newJob(), stop.signal);
    stop.abort();
    expect(await second).toMatchObject({ failure: { code: 'cancelled' } });
    goOn();
    expect((await first).failure).toBeNull();
  });

  it('waits 120 seconds for an answer to both requests and 60 within it, and 10 for a connection', async () => {
    const pbx = await withPbx();
    const waits: (readonly [string, number | undefined, number | undefined])[] = [];
    const note = ({ url, headersTimeout, idleTimeout }: HttpRequest) =>
      waits.push([new URL(url).pathname.split('/').at(-1) ?? '', headersTimeout, idleTimeout]);
    const through = (http: HttpClient): HttpClient => ({
      ...http,
      exchange(request, options) {
        note(request);
        return http.exchange(request, options);
      },
      stream(request, open) {
        note(request);
        return http.stream(request, open);
      },
    });
    const session = pbx.open({}, { through });
    expect((await prepare(session, await findFile(session, day), await newJob())).failure).toBeNull();
    expect(waits).toEqual([
      ['login', undefined, undefined],
      ['get_random', 120_000, 60_000],
      ['download', 120_000, 60_000],
    ]);
    expect(connectionDefaults).toMatchObject({ connectTimeout: 10_000, headersTimeout: 30_000 });
  });

  it('lets every request go past the proxies of the system where the PBX is in the network at hand', async () => {
    const pbx = await withPbx();
    const direct: unknown[] = [];
    const through = (http: HttpClient): HttpClient => ({
      ...http,
      exchange(request, options) {
        direct.push(request.directIfPrivate);
        return http.exchange(request, options);
      },
      stream(request, open) {
        direct.push(request.directIfPrivate);
        return http.stream(request, open);
      },
    });
    const session = pbx.open({ ownAccount: 'yes' }, { through });
    await prepare(session, await findFile(session, day), await newJob());
    expect(pbx.names()).toEqual(['login', 'random', 'download', 'logout']);
    expect(direct).toEqual([true, true, true, true]);
  });

  it('asks for less at once where it takes the PBX too long twice to give a random string', async () => {
    const pbx = await withPbx({
      change({ name, call }, usual) {
        const { starttime = '', endtime = '' } = name === 'random' ? JSON.parse(call.body) : {};
        if (starttime.slice(0, 10) !== endtime.slice(0, 10)) pbx.clock.set(pbx.clock.now() + 31_000);
        return usual;
      },
    });
    const file = await findFile(pbx.session, { from: '2026-03-02', to: '2026-03-03' });
    expect((await prepare(pbx.session, file, await newJob())).content).toContain('2026-03-03');
    const each = ['random', 'download'];
    expect(pbx.names()).toEqual(['login', 'random', 'random', ...each, ...each]);
  });

  it('throws a random string away that came after more than 20 seconds', async () => {
    const slow: { advance: (() => void) | null } = { advance: null };
    const pbx = await withPbx({
      change: ({ name }, usual) => {
        if (name === 'random') slow.advance?.();
        slow.advance = null;
        return usual;
      },
    });
    slow.advance = () => pbx.clock.set(pbx.clock.now() + 20_001);
    await pbx.session.signIn(patience());
    slow.advance = () => pbx.clock.set(pbx.clock.now() + 20_001);
    expect((await fetchDay(pbx)).content).toContain('callid,');
    expect(pbx.names()).toEqual(['login', 'random', 'random', 'download']);
  });

  it('never tells a token, a random string or a query in a failure', async () => {
    const pbx = await answering('download', refusal(20_020));
    const { failure: why } = await fetchDay(pbx);
    const queries = pbx.asked.map(({ call }) => call.query).join('&');
    const secrets = [...queries.matchAll(/(?:token|random)=([0-9a-f]{32})/g)].map(([, value]) => value ?? '');
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of secrets) expect(JSON.stringify(why)).not.toContain(secret);
    expect(JSON.stringify(why)).not.toContain('starttime');
  });

  it('does not follow a link that leads elsewhere', async () => {
    const pbx = await answering('download', { kind: 'redirect', to: 'http://127.0.0.1:1/steal' });
    expect((await fetchDay(pbx)).failure).toMatchObject({ code: 'untrusted-host', detail: '127.0.0.1:1' });
  });
});

describe('an error in the place of a random string', () => {
  it.each<[number, string]>([
    [10_002, 'service-refused'],
    [10_003, 'not-supported'],
    [10_006, 'no-such-extension'],
    [20_000, 'service-refused'],
    [20_001, 'service-refused'],
    [20_008, 'service-refused'],
    [20_009, 'service-refused'],
    [20_010, 'service-down'],
    [20_011, 'service-refused'],
    [20_013, 'service-refused'],
    [20_015, 'service-refused'],
    [20_019, 'service-refused'],
    [20_020, 'service-refused'],
  ])('%i is %s, and nothing is asked again', async (errno, code) => {
    const pbx = await answering('random', refusal(errno));
    const { failure: why } = await fetchDay(pbx);
    expect(why).toMatchObject({ code });
    expect(why?.detail).toMatch(new RegExp(`^random: errno ${errno} \\(.+\\)`));
    expect(pbx.names()).toEqual(['login', 'random']);
  });

  it('says which extensions were asked for when one does not exist', async () => {
    const pbx = await withPbx();
    expect((await fetchDay(pbx, '1000, 4711')).failure).toMatchObject({
      code: 'no-such-extension',
      detail: 'random: errno 10006 (the extension does not exist), sent: 1000,4711',
    });
  });

  it('10004 has the other name for extensions tried, once', async () => {
    const pbx = await answering('random', refusal(10_004), null, refusal(10_004));
    await fetchDay(pbx);
    const bodies = pbx.asked
      .filter(({ name }) => name === 'random')
      .map(({ call }) => Object.keys(JSON.parse(call.body)));
    expect(bodies.map(([first]) => first)).toEqual(['extid', 'number']);
  });

  it.each<[string, PbxAnswer, string]>([
    ['success without a string', success({ extid: 'all' }), 'unusable-answer'],
    ['a web page', { kind: 'page', status: 200 }, 'unusable-answer'],
    ['status 500', { kind: 'json', status: 500, value: {} }, 'service-down'],
  ])('%s is explained', async (_, answer, code) => {
    expect((await fetchDay(await answering('random', answer))).failure).toMatchObject({ code });
  });
});

describe('an error in the place of the file', () => {
  it('20020 gets a new random string, three times at most', async () => {
    const pbx = await answering('download', refusal(20_020));
    expect((await fetchDay(pbx)).failure).toMatchObject({
      code: 'service-refused',
      detail: 'download: errno 20020 (the random string is not valid)',
    });
    const queries = pbx.asked.filter(({ name }) => name === 'download').map(({ call }) => call.query);
    expect(queries).toHaveLength(4);
    expect(new Set(queries.map((query) => /random=(\w+)/.exec(query)?.[1])).size).toBe(4);
  });

  it.each([10_004, 20_019, 20_020])('%i has the link tried with everything encoded', async (errno) => {
    const pbx = await answering('download', refusal(errno), csvAnswer(csv));
    expect((await fetchDay(pbx, '1000,1001')).content).toBe(csv);
    expect(pbx.asked.at(-1)?.call.query).toMatch(
      /^extid=1000%2C1001&starttime=2026-03-02%2000%3A00%3A00&endtime=2026-03-02%2023%3A59%3A59&/,
    );
  });

  it.each([10_004, 20_019])('%i twice is given up', async (errno) => {
    const pbx = await answering('download', refusal(errno));
    expect((await fetchDay(pbx)).failure).toMatchObject({ code: 'service-refused' });
    expect(pbx.names().filter((name) => name === 'download')).toHaveLength(2);
  });

  it.each([20_000, 20_001])('%i has the link posted, once', async (errno) => {
    const pbx = await answering('download', refusal(errno), null);
    expect((await fetchDay(pbx)).content).toContain('callid,');
    expect(pbx.asked.filter(({ name }) => name === 'download').map(({ call }) => call.method)).toEqual([
      'GET',
      'POST',
    ]);
    const never = await answering('download', refusal(errno));
    expect((await fetchDay(never)).failure).toMatchObject({ code: 'service-refused' });
    expect(never.names().filter((name) => name === 'download')).toHaveLength(2);
  });

  it.each<[string, PbxAnswer]>([
    ['20021', refusal(20_021)],
    ['20007', refusal(20_007)],
    ['20021 as a number, behind a mark', csvAnswer('\uFEFF\r\n {"status":"failed","errno":20021}')],
  ])('%s means that there are no records, with the code', async (_, answer) => {
    const pbx = await answering('download', answer);
    const { failure: why } = await fetchDay(pbx);
    expect(why).toMatchObject({ code: 'no-data' });
    expect(why?.detail).toMatch(/errno 200(21|07)/);
    expect(pbx.names()).toEqual(['login', 'random', 'download']);
  });

  it('an empty body is asked for once more, and then taken for no records', async () => {
    const pbx = await answering('download', csvAnswer('\r\n'));
    expect((await fetchDay(pbx)).failure).toMatchObject({
      code: 'no-data',
      detail: 'download: empty twice, unverified',
    });
    expect(pbx.names()).toEqual(['login', 'random', 'download', 'random', 'download']);
    expect((await fetchDay(await answering('download', csvAnswer(''), csvAnswer(csv)))).content).toBe(csv);
  });

  it.each<[string, PbxAnswer, string]>([
    ['a web page', { kind: 'page', status: 200 }, 'html-answer'],
    ['JSON of another kind', { kind: 'json', value: { hello: 1 } }, 'not-a-file'],
    ['broken JSON', csvAnswer('{"status":"Fai'), 'not-a-file'],
    ['some text', csvAnswer('Service unavailable'), 'not-a-file'],
    ['status 404', { kind: 'page', status: 404 }, 'unexpected-status'],
    ['status 500', { kind: 'page', status: 500 }, 'service-down'],
    ['20010', refusal(20_010), 'service-down'],
    ['20002', refusal(20_002), 'sign-in-locked'],
    ['99999', refusal(99_999), 'service-refused'],
  ])('%s is told from a file: %s', async (_, answer, code) => {
    const pbx = await answering('download', answer);
    expect((await fetchDay(pbx)).failure).toMatchObject({ code });
  });

  it.each([30_001, 30_003])('%i is tried again after one and five minutes, then shown', async (errno) => {
    const pbx = await answering('download', refusal(errno));
    const job = await newJob();
    const file = await findFile(pbx.session, day);
    const next = async () => (await prepare(pbx.session, file, job)).failure;
    expect(await next()).toMatchObject({ code: 'service-down', retryAfterMs: 60_000 });
    expect(await next()).toMatchObject({ code: 'service-down', retryAfterMs: 300_000 });
    expect(await next()).toMatchObject({
      code: 'service-refused',
      detail: expect.stringContaining(`${errno}`),
    });
  });

  it('without a connection is what the network says', async () => {
    const pbx = await withPbx();
    await pbx.session.signIn(patience());
    await pbx.service.close();
    expect((await fetchDay(pbx)).failure).toMatchObject({ code: 'connection-refused' });
  });

  it('is passed on when the person stopped it', async () => {
    const pbx = await withPbx();
    const stopped = pbx.open(
      {},
      {
        through: (http) => ({ ...http, stream: async () => failed(failure('cancelled', 'stopped')) }),
      },
    );
    const made = await prepare(stopped, await findFile(stopped, day), await newJob());
    expect(made.failure).toMatchObject({ code: 'cancelled' });
  });
});
