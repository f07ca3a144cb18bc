import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/contract/failure.ts';
import { failed } from '../../../../electron/contract/result.ts';
import { type PbxAnswer, refusal, success } from '../../../../electron/demo/yeastar-s/pbx-answer.ts';
import type { HttpClient, HttpRequest } from '../../../../electron/network/http.ts';
import { certificate, key } from '../../../fakes/loopback-certificates.ts';
import { newFolder, startCdr, until } from '../../cli/cdr.ts';
import { findFile, newJob, patience, prepare, prepareOnce, withPbx } from './pbx.ts';

const MINUTE = 60_000;
const day = { from: '2026-03-02', to: '2026-03-02' };
const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');

describe('signing in', () => {
  it('sends the MD5 of the password in UTF-8, a port and no address for events', async () => {
    const account = { name: 'büro', password: 'pässwörd' };
    const { asked, open } = await withPbx({ account });
    const session = open({ userName: ' büro ', password: account.password });
    expect(await session.signIn(patience())).toEqual({ ok: true, value: null });
    expect(asked.map(({ call }) => [call.method, call.path, call.query])).toEqual([
      ['POST', '/api/v1.1.0/login', ''],
    ]);
    expect(JSON.parse(asked[0]?.call.body ?? '')).toEqual({
      username: 'büro',
      password: md5('pässwörd'),
      port: '8260',
    });
    expect(asked[0]?.call.contentType).toBe('application/json; charset=utf-8');
  });

  it('never sends the password, nor puts it or its MD5 into a failure', async () => {
    const { asked, open } = await withPbx();
    const refused = await open({ password: 'wr0ng-secret' }).signIn(patience());
    const all = JSON.stringify([asked, refused]);
    expect(all).not.toContain('wr0ng-secret');
    expect(JSON.stringify(refused)).not.toContain(md5('wr0ng-secret'));
  });

  it('asks once with a wrong password, and never again in this session', async () => {
    const { names, open } = await withPbx();
    const session = open({ password: 'wrong' });
    for (const _ of [1, 2, 3]) {
      expect(await session.signIn(patience())).toMatchObject({ failure: { code: 'sign-in-refused' } });
    }
    const file = await findFile(session, day);
    expect(await prepareOnce(session, file, await newJob())).toMatchObject({
      failure: { code: 'sign-in-refused' },
    });
    expect(names()).toEqual(['login']);
  });

  it('takes 10032 for a wrong password too', async () => {
    const { session } = await withPbx({ change: () => refusal(10032) });
    expect(await session.signIn(patience())).toMatchObject({
      failure: { code: 'sign-in-refused', detail: 'login: errno 10032 (wrong password)' },
    });
  });

  it('sends no more than three refused sign-ins in ten minutes, over all sessions with a PBX', async () => {
    const { names, open, clock } = await withPbx();
    const tryOnce = (password: string) => open({ password }).signIn(patience());
    for (const password of ['a', 'b', 'c']) {
      expect(await tryOnce(password)).toMatchObject({ failure: { code: 'sign-in-refused' } });
      await clock.advance(MINUTE);
    }
    expect(await tryOnce('demo')).toMatchObject({
      failure: { code: 'sign-in-locked', retryAfterMs: 7 * MINUTE },
    });
    expect(names()).toHaveLength(3);
    await clock.advance(7 * MINUTE);
    expect((await tryOnce('demo')).ok).toBe(true);
  });

  it('does not send a name and password a third time that were refused twice', async () => {
    const { names, open } = await withPbx();
    const tryOnce = (password: string) => open({ password }).signIn(patience());
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await tryOnce('wrong')).toMatchObject({ failure: { code: 'sign-in-refused' } });
    }
    expect(names()).toEqual(['login', 'login']);
    expect((await tryOnce('demo')).ok).toBe(true);
  });

  it('counts sign-ins that are under way at the same time', async () => {
    const { names, open } = await withPbx();
    const tries = ['a', 'b', 'c', 'd', 'e'].map((password) => open({ password }).signIn(patience()));
    const codes = (await Promise.all(tries)).map((one) => (one.ok ? 'ok' : one.failure.code));
    expect(codes.sort()).toEqual([
      'sign-in-locked',
      'sign-in-locked',
      'sign-in-refused',
      'sign-in-refused',
      'sign-in-refused',
    ]);
    expect(names()).toHaveLength(3);
  });

  it('leaves a PBX alone for ten minutes that has locked it out', async () => {
    const { names, open, clock } = await withPbx({
      change: ({ count }, answer) => (count === 1 ? refusal(20002) : answer),
    });
    expect(await open().signIn(patience())).toMatchObject({
      failure: { code: 'sign-in-locked', retryAfterMs: 10 * MINUTE },
    });
    await clock.advance(10 * MINUTE - 1);
    expect(await open().signIn(patience())).toMatchObject({
      failure: { code: 'sign-in-locked', retryAfterMs: 1 },
    });
    expect(names()).toEqual(['login']);
    await clock.advance(1);
    expect((await open().signIn(patience())).ok).toBe(true);
  });

  it.each([
    { userName: ' ', password: 'x' },
    { userName: 'x', password: '' },
  ])('sends nothing when name or password is empty: %j', async (fields) => {
    const { names, open } = await withPbx();
    expect(await open(fields).signIn(patience())).toMatchObject({ failure: { code: 'sign-in-refused' } });
    expect(names()).toEqual([]);
  });

  it('over TLS wants a certificate that somebody vouches for, or that the person trusts', async () => {
    const { service, names, open } = await withPbx({ tls: { key, cert: certificate } });
    expect(service.address).toMatch(/^https:/);
    const unknown = await open().signIn(patience());
    expect(unknown).toMatchObject({ failure: { code: 'certificate-unknown' } });
    expect(names()).toEqual([]);
    const { fingerprint = null } = unknown.ok ? {} : unknown.failure;
    for (const connection of [{ certificates: () => [certificate] }, { certificate: fingerprint }]) {
      const made = await prepare(open({}, { connection }), await findFile(open(), day), await newJob());
      expect(made.content).toContain('callid,');
    }
  });
});

describe('the time zone of the PBX', () => {
  it('that there is none of is refused before anything is sent, when signing in and for a file', async () => {
    const { open, session, names } = await withPbx();
    const odd = open({ timeZone: 'Europe/Atlantis' });
    const refused = { failure: { code: 'unknown-time-zone', subject: 'Europe/Atlantis' } };
    expect(await odd.signIn(patience())).toMatchObject(refused);
    expect(await prepareOnce(odd, await findFile(session, day), await newJob())).toMatchObject(refused);
    expect(names()).toEqual([]);
  });

  it.each(['', ' Europe/Vienna '])(
    'may be %j: this computer’s own, or one that is not on the list',
    async (timeZone) => {
      const { open } = await withPbx();
      expect((await open({ timeZone }).signIn(patience())).ok).toBe(true);
    },
  );
});

describe('the version of the API', () => {
  const paths = (asked: readonly { call: { path: string } }[]) => asked.map(({ call }) => call.path);

  it('is 1.1.0 where the PBX knows it', async () => {
    const { session, asked } = await withPbx();
    await session.signIn(patience());
    expect(paths(asked)).toEqual(['/api/v1.1.0/login']);
  });

  it.each<[string, PbxAnswer]>([
    ['error 10003', refusal(10003)],
    ['status 404', { kind: 'page', status: 404 }],
    ['a web page', { kind: 'page', status: 200 }],
    ['JSON of another kind', { kind: 'json', value: { errcode: 10001, errmsg: 'INTERFACE NOT EXISTED' } }],
  ])('is 2.0.0 after %s, and stays so', async (_, answer) => {
    const { session, asked, clock } = await withPbx({
      change: ({ call }, usual) => (call.path.includes('/v1.1.0/') ? answer : usual),
    });
    expect((await session.signIn(patience())).ok).toBe(true);
    await clock.advance(20 * MINUTE);
    expect((await session.signIn(patience())).ok).toBe(true);
    expect(paths(asked)).toEqual(['/api/v1.1.0/login', '/api/v2.0.0/login', '/api/v2.0.0/login']);
  });

  it('calls extensions "number" in 2.0.0: in the body and in the link', async () => {
    const { session, asked } = await withPbx({ versions: ['v2.0.0'] });
    const made = await prepare(session, await findFile(session, day, '1000, 1001'), await newJob());
    expect(made.content).toContain('callid,');
    const [random, download] = asked.slice(-2).map(({ call }) => call);
    expect(JSON.parse(random?.body ?? '')).toMatchObject({ number: '1000,1001' });
    expect(download?.query).toMatch(/^number=1000,1001&starttime=2026-03-02%2000:00:00&/);
  });

  it.each([
    ['v1.1.0', '/api/v1.1.0/login'],
    ['v2.0.0', '/api/v2.0.0/login'],
  ])('is only %s where a person says so', async (apiVersion, path) => {
    const { open, asked } = await withPbx({ change: () => refusal(10003) });
    expect(await open({ apiVersion }).signIn(patience())).toMatchObject({
      failure: { code: 'not-supported' },
    });
    expect(paths(asked)).toEqual([path]);
  });

  it('is not tried where a path is given', async () => {
    const { open, asked } = await withPbx({ change: () => success({ token: 't' }) });
    await open({ pathPrefix: 'api/v0.0.1/' }).signIn(patience());
    expect(paths(asked)).toEqual(['/api/v0.0.1/login']);
  });

  it('is none that we know on a P-Series, and both answers are in the detail', async () => {
    const { open, asked } = await withPbx({ change: () => ({ kind: 'page', status: 404 }) });
    expect(await open().signIn(patience())).toMatchObject({
      failure: { code: 'not-supported', detail: 'login: v1.1.0: HTTP 404, v2.0.0: HTTP 404' },
    });
    expect(asked).toHaveLength(2);
  });

  it('is only not ready where it has answered before, and the file waits for that', async () => {
    const { session, clock, asked } = await withPbx({
      change: ({ name, count }, usual) =>
        name === 'login' && count === 2 ? { kind: 'page', status: 404 } : usual,
    });
    expect(await session.signIn(patience())).toMatchObject({ ok: true });
    await clock.advance(60 * 60_000);
    const file = await findFile(session, day);
    const job = await newJob();
    expect((await prepare(session, file, job)).failure).toMatchObject({ code: 'service-down' });
    expect((await prepare(session, file, job)).failure).toBeNull();
    expect(paths(asked).every((path) => path.startsWith('/api/v1.1.0/'))).toBe(true);
  });

  it('does not try a second version with a password that was refused', async () => {
    const { open, names } = await withPbx();
    await open({ password: 'wrong' }).signIn(patience());
    expect(names()).toEqual(['login']);
  });
});

describe('an answer to a sign-in', () => {
  it.each<[string, PbxAnswer, string]>([
    ['a wrong port', refusal(20008), 'service-refused'],
    ['a blank parameter', refusal(10004), 'service-refused'],
    ['a service that failed', refusal(20010), 'service-down'],
    ['a number that nobody knows', refusal(99_999), 'service-refused'],
    ['a failure without a number', { kind: 'json', value: { status: 'failed' } }, 'service-refused'],
    ['success without a token', success(), 'unusable-answer'],
    ['status 503', { kind: 'json', status: 503, value: {} }, 'service-down'],
    ['status 403', { kind: 'json', status: 403, value: {} }, 'unexpected-status'],
  ])('is explained: %s', async (_, answer, code) => {
    const { session } = await withPbx({ change: () => answer });
    expect(await session.signIn(patience())).toMatchObject({ failure: { code } });
  });

  it('may say its number as a number, and success in any case', async () => {
    const { session } = await withPbx({
      change: ({ count }) => ({
        kind: 'json',
        value: count === 1 ? { status: 'FAILED', errno: 20010 } : { status: 'SUCCESS', token: 't' },
      }),
    });
    expect(await session.signIn(patience())).toMatchObject({
      failure: { detail: 'login: errno 20010 (a service of the PBX failed)' },
    });
    expect((await session.signIn(patience())).ok).toBe(true);
  });

  it('that leads to https says where, and sends nothing there', async () => {
    const { session, names } = await withPbx({
      change: () => ({ kind: 'redirect', to: 'https://pbx.example:8088/api/v1.1.0/login?token=secret' }),
    });
    const refused = await session.signIn(patience());
    expect(refused).toMatchObject({
      failure: { code: 'bad-address', detail: 'login: the PBX wants https://pbx.example:8088' },
    });
    expect(names()).toEqual(['login']);
  });
});

describe('a token', () => {
  it('is used for less than twenty minutes, and no heartbeat is ever sent', async () => {
    const { session, names, clock } = await withPbx();
    await session.signIn(patience());
    await clock.advance(20 * MINUTE - 1);
    await session.signIn(patience());
    expect(names()).toEqual(['login']);
    await clock.advance(1);
    await session.signIn(patience());
    expect(names()).toEqual(['login', 'login']);
  });

  it.each([20_004, 20_005, 20_006])('is replaced once after %i', async (errno) => {
    const { session, names } = await withPbx({
      change: ({ name, count }, answer) => (name === 'random' && count === 1 ? refusal(errno) : answer),
    });
    const made = await prepare(session, await findFile(session, day), await newJob());
    expect(made.content).toContain('callid,');
    expect(names()).toEqual(['login', 'random', 'login', 'random', 'download']);
  });

  it('that the PBX has forgotten is replaced', async () => {
    const { session, service, names } = await withPbx();
    await session.signIn(patience());
    service.forgetTokens();
    expect((await prepare(session, await findFile(session, day), await newJob())).failure).toBeNull();
    expect(names()).toEqual(['login', 'random', 'login', 'random', 'download']);
  });

  it('that is refused again means that access is lost', async () => {
    const { session, names } = await withPbx({
      change: ({ name }, answer) => (name === 'download' ? refusal(20_006) : answer),
    });
    const made = await prepare(session, await findFile(session, day), await newJob());
    expect(made.failure).toMatchObject({ code: 'access-lost' });
    expect(names()).toEqual(['login', 'random', 'download', 'login', 'random', 'download']);
  });

  it('is given back after a file where the account is ours alone', async () => {
    const { open, names } = await withPbx();
    const session = open({ ownAccount: 'yes' });
    await prepare(session, await findFile(session, day), await newJob());
    expect(names()).toEqual(['login', 'random', 'download', 'logout']);
    await prepare(session, await findFile(session, day), await newJob());
    expect(names()).toEqual([...names().slice(0, 4), 'login', 'random', 'download', 'logout']);
  });

  /** A session whose download lasts until it is stopped, and whose sign-out goes through `signOut`. */
  async function inDownload(
    fields: Readonly<Record<string, string>>,
    signOut: HttpClient['exchange'] | null = null,
  ) {
    const pbx = await withPbx();
    const requests: HttpRequest[] = [];
    let begun = () => {};
    const downloading = new Promise<void>((resolve) => (begun = resolve));
    const session = pbx.open(fields, {
      through: (http) => ({
        ...http,
        exchange(request, options) {
          requests.push(request);
          const mine = request.url.includes('/logout') ? signOut : null;
          return (mine ?? http.exchange)(request, options);
        },
        stream: ({ signal }) =>
          new Promise((resolve) => {
            begun();
            signal?.addEventListener('abort', () => resolve(failed(failure('cancelled', 'stopped'))));
          }),
      }),
    });
    const stop = new AbortController();
    const { id: fileId, name, link } = await findFile(session, day);
    const [wanted, job] = [{ reportId: 'cdr', fileId, name, link }, await newJob()];
    await prepareOnce(session, { ...(await findFile(session, day)) }, job);
    const stopped = session.prepareFile?.(wanted, job, stop.signal);
    await downloading;
    stop.abort();
    return { ...pbx, requests, stopped };
  }

  it('is given back when a file is stopped, too', async () => {
    const { stopped, names, asked } = await inDownload({ ownAccount: 'yes' });
    expect(await stopped).toMatchObject({ failure: { code: 'cancelled' } });
    expect(names()).toEqual(['login', 'random', 'logout']);
    const [, random, logout] = asked.map(({ call }) => call.query);
    expect(logout).toBe(random);
  });

  it('is given back a little later when a file does not go on after one of its steps', async () => {
    const { open, names, clock } = await withPbx();
    const session = open({ ownAccount: 'yes' });
    const [file, job] = [await findFile(session, day), await newJob()];
    expect(await prepareOnce(session, file, job)).toMatchObject({ failure: { code: 'being-made' } });
    await clock.advance(9999);
    expect(names()).toEqual(['login']);
    await clock.advance(1);
    await until(() => names().includes('logout'));
    expect((await prepare(session, file, job)).failure).toBeNull();
    expect(names()).toEqual(['login', 'logout', 'login', 'random', 'download', 'logout']);
    await clock.advance(MINUTE);
    expect(names()).toHaveLength(6);
  });

  it('is given back when Ctrl-C stops the command line within a file', { timeout: 30_000 }, async () => {
    // As soon as the file is asked for, the time of the PBX stands still, and so does what it sends.
    const { service, names, clock } = await withPbx({ bytesPerSecond: 100 });
    const { child, ended } = startCdr(
      [
        ...[
          'fetch',
          '--system',
          'yeastar-s',
          '--server',
          service.address,
          '--account',
          'demo',
          '--secrets-stdin',
        ],
        ...['--field', 'ownAccount=yes', '--report', 'cdr', '--from', day.from, '--to', day.to, '--json'],
        ...['--to-folder', 'files', '--data-dir', 'state'],
      ],
      { cwd: await newFolder(), input: JSON.stringify({ password: 'demo' }) },
    );
    await until(async () => {
      await clock.advance(1000);
      return names().includes('download');
    });
    child.kill('SIGINT');
    await ended;
    expect(names()).toEqual(['login', 'random', 'download', 'logout']);
  });

  it('that can’t be given back holds up nobody who stops a file, and is given up soon', async () => {
    const { stopped, requests, clock } = await inDownload({ ownAccount: 'yes' }, () => new Promise(() => {}));
    await clock.untilSleeping(2);
    await clock.advance(250);
    expect(await stopped).toMatchObject({ failure: { code: 'cancelled' } });
    const signal = requests.at(-1)?.signal;
    expect(signal?.aborted).toBe(false);
    await clock.advance(2750);
    expect(signal?.aborted).toBe(true);
  });

  it('is not given back when a file is stopped where others may use the account', async () => {
    const { stopped, names } = await inDownload({});
    expect(await stopped).toMatchObject({ failure: { code: 'cancelled' } });
    expect(names()).toEqual(['login', 'random']);
  });

  it('is left to run out where others may use the account', async () => {
    const { session, names } = await withPbx();
    await prepare(session, await findFile(session, day), await newJob());
    expect(names()).not.toContain('logout');
  });
});
