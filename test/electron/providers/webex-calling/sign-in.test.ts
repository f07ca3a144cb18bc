import { describe, expect, it, onTestFinished } from 'vitest';
import { shownSignInFields } from '../../../../electron/contract/account.ts';
import { failure } from '../../../../electron/contract/failure.ts';
import { failed, ok } from '../../../../electron/contract/result.ts';
import { refusal } from '../../../../electron/demo/webex-calling/webex-answer.ts';
import type { WebexService } from '../../../../electron/demo/webex-calling/webex-service.ts';
import { nextTurn } from '../../../../electron/lib/in-slices.ts';
import type { BrowserConsent } from '../../../../electron/providers/provider.ts';
import { createWebexCalling } from '../../../../electron/providers/webex-calling/index.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { serveHttp } from '../../../fakes/loopback-server.ts';
import {
  createHastyClock,
  createJob,
  failureOf,
  listed,
  NOON,
  onlyFile,
  openSession,
  patience,
  prepare,
  serviceAppFields,
  startService,
} from './signed-in.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const period = { from: '2026-03-13', to: '2026-03-13' };

/** Follows the redirect as a browser does; `tamper` changes what comes back. */
const browser =
  (tamper: (query: URLSearchParams) => void = () => {}): BrowserConsent =>
  async (addressFor, signal) => {
    const redirect = 'http://127.0.0.1:45678/back';
    const answer = await fetch(addressFor(redirect), { redirect: 'manual', signal });
    const query = new URL(answer.headers.get('location') ?? '').searchParams;
    tamper(query);
    return ok({ query, redirect });
  };

async function opened(more: Partial<Parameters<typeof openSession>[0]> = {}) {
  const clock = createHastyClock();
  const service = await startService({ clock });
  const fields = { ...serviceAppFields(service), ...more.fields };
  const remembered: Record<string, string>[] = [];
  const session = openSession({
    service,
    clock,
    remember: async (newer) => {
      remembered.push({ ...newer });
    },
    ...more,
    fields,
  });
  return { clock, service, session, remembered, fields };
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Resolves when the service was asked there, and what that led to has had its time. */
async function untilCalled(service: WebexService, path: string): Promise<'called'> {
  while (!service.calls.some((call) => call.path === path)) await nextTurn();
  for (let turns = 0; turns < 50; turns++) await nextTurn();
  return 'called';
}

describe('the sign-in form', () => {
  it.each([
    ['browser', ['accountName', 'way', 'clientId', 'clientSecret', 'region', 'timeZone', 'signInAddress']],
    [
      'service-app',
      [
        'accountName',
        'way',
        'clientId',
        'clientSecret',
        'refreshToken',
        'region',
        'timeZone',
        'signInAddress',
      ],
    ],
    ['token', ['accountName', 'way', 'accessToken', 'region', 'timeZone', 'signInAddress']],
  ])('asks by %s only for what that needs', (way, ids) => {
    const { signIn } = createWebexCalling();
    expect(shownSignInFields(signIn, { way }).map(({ id }) => id)).toEqual(ids);
  });

  it('keeps everything secret that opens doors', () => {
    const secret = createWebexCalling()
      .signIn.fields.filter((field) => field.secret)
      .map(({ id }) => id);
    expect(secret).toEqual(['clientSecret', 'refreshToken', 'accessToken']);
  });

  it.each([
    ['', 'https://analytics-calling.webexapis.com'],
    ['analytics-calling-eu.webexapis.com/v1', 'https://analytics-calling-eu.webexapis.com'],
    ['https://analytics-f.webex.com/', 'https://analytics-f.webex.com'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('reads the address %j', (typed, address) => {
    expect(createWebexCalling().readAddress(typed)).toEqual(ok(address));
  });

  it.each([
    'https://example.com',
    'http://analytics-calling.webexapis.com',
    'webexapis.com.example.org',
    'https://evilwebexapis.com',
  ])('refuses the address %j, which may not have the token', (typed) => {
    expect(failureOf(createWebexCalling().readAddress(typed)).code).toBe('bad-address');
  });
});

describe('signing in as a service app', () => {
  it('is accepted with a good refresh token, and keeps the newer one before anything else is sent', async () => {
    const { session, remembered, service } = await opened();
    expect(await session.signIn(patience())).toEqual(ok(null));
    expect(remembered).toHaveLength(1);
    expect(remembered[0]?.refreshToken).not.toBe(service.client.refreshToken);
    expect(service.calls.map(({ path }) => path)).toEqual(['/v1/access_token']);
  });

  it('knows when its refresh token ends, also after a restart', async () => {
    const { session, remembered } = await opened();
    expect(session.signInEndsAt?.()).toBeNull();
    await session.signIn(patience());
    const endsAt = session.signInEndsAt?.() ?? 0;
    expect(endsAt).toBeGreaterThan(0);
    const after = await opened({ fields: { ...remembered[0] } });
    expect(after.session.signInEndsAt?.()).toBe(endsAt);
  });

  it('uses no new token before the refresh token that came with it is safe', async () => {
    const { promise: safe, resolve } = deferred();
    const file = await onlyFile((await opened()).session, { period });
    const { session, service } = await opened({ remember: () => safe });
    const prepared = prepare(session, file, await createJob());
    const first = await Promise.race([prepared, untilCalled(service, '/v1/access_token')]);
    expect(first).toBe('called');
    expect(service.calls).toHaveLength(1);
    resolve();
    expect(failureOf(await prepared).code).toBe('being-made');
    expect(service.calls.map(({ path }) => path)).toEqual(['/v1/access_token', '/v1/cdr_feed']);
  });

  it('keeps the newer refresh token of a renewal that was stopped on the way', async () => {
    const { promise: goOn, resolve } = deferred();
    const { promise: asked, resolve: isAsked } = deferred();
    const answers = await serveHttp(async (_, response) => {
      isAsked();
      await goOn;
      response.end('{"access_token":"a","expires_in":43199,"refresh_token":"newer"}');
    });
    onTestFinished(() => answers.close());
    const { promise: safe, resolve: keep } = deferred();
    const kept: unknown[] = [];
    const { session } = await opened({
      clock: createFakeClock(NOON),
      fields: { signInAddress: `${answers.url}/v1` },
      remember: async (newer) => {
        kept.push(newer);
        keep();
      },
    });
    const stop = new AbortController();
    const stopped = session.signIn(stop.signal);
    await asked;
    stop.abort();
    expect(failureOf(await stopped).code).toBe('cancelled');
    resolve();
    await safe;
    expect(kept).toEqual([{ refreshToken: 'newer' }]);
  });

  it.each(['clientSecret', 'refreshToken'])('is refused with a wrong %s, once', async (id) => {
    const { session, service } = await opened({ fields: { [id]: 'wrong-value-of-mine' } });
    const why = failureOf(await session.signIn(patience()));
    expect(why.code).toBe('sign-in-refused');
    expect(why.detail).toMatch(/HTTP 40[01], tracking id SAMPLE_\d+$/);
    expect(why.detail).not.toContain('wrong-value-of-mine');
    expect(failureOf(await session.signIn(patience())).code).toBe('sign-in-refused');
    expect(service.calls).toHaveLength(1);
  });

  it.each(['clientId', 'clientSecret', 'refreshToken'])('sends nothing without a %s', async (id) => {
    const { session, service } = await opened({ fields: { [id]: ' ' } });
    expect(failureOf(await session.signIn(patience())).code).toBe('sign-in-refused');
    expect(service.calls).toEqual([]);
  });

  it('renews the token when a tenth of its life is left, with the newest refresh token', async () => {
    const { session, service, clock, remembered } = await opened();
    await session.signIn(patience());
    await clock.advance(43_199_000 * 0.89);
    await session.signIn(patience());
    expect(service.calls).toHaveLength(1);
    await clock.advance(43_199_000 * 0.02);
    expect(await session.signIn(patience())).toEqual(ok(null));
    expect(service.calls).toHaveLength(2);
    expect(remembered).toHaveLength(2);
  });

  it('renews once for many who ask at the same time', async () => {
    const { session, service } = await opened();
    const answers = await Promise.all([1, 2, 3, 4].map(() => session.signIn(patience())));
    expect(answers.every(({ ok: isOk }) => isOk)).toBe(true);
    expect(service.calls).toHaveLength(1);
  });

  it('takes a network that fails during a renewal for no refusal: the next call renews', async () => {
    let count = 0;
    const answers = await serveHttp((request, response) => {
      count += 1;
      if (count === 1) request.socket.destroy();
      else response.end('{"access_token":"good","expires_in":40000}');
    });
    onTestFinished(() => answers.close());
    const { session } = await opened({ fields: { signInAddress: `${answers.url}/v1` } });
    expect(failureOf(await session.signIn(patience())).code).toBe('connection-lost');
    expect(await session.signIn(patience())).toEqual(ok(null));
  });

  it.each([
    [500, 'service-down'],
    [429, 'too-many-connections'],
    [418, 'unexpected-status'],
  ])('tells %i from a refusal', async (status, code) => {
    const answers = await serveHttp((_, response) => response.writeHead(status).end('{}'));
    onTestFinished(() => answers.close());
    const { session } = await opened({ fields: { signInAddress: `${answers.url}/v1` } });
    expect(failureOf(await session.signIn(patience())).code).toBe(code);
  });

  it('finds an answer without a usable token unusable', async () => {
    const answers = await serveHttp((_, response) => response.end('{"access_token":"a b","expires_in":100}'));
    onTestFinished(() => answers.close());
    const { session } = await opened({ fields: { signInAddress: `${answers.url}/v1` } });
    expect(failureOf(await session.signIn(patience())).code).toBe('unusable-answer');
  });

  it.each([
    [200, '<html>Sign in to the network</html>'],
    [403, '{"message":"Blocked"}'],
  ])('takes no time from what answers %i in the place of the service', async (status, body) => {
    const answers = await serveHttp((_, response) =>
      response.writeHead(status, { date: new Date(NOON - 5 * 86_400_000).toUTCString() }).end(body),
    );
    onTestFinished(() => answers.close());
    const { session } = await opened({ fields: { signInAddress: `${answers.url}/v1` } });
    expect((await session.signIn(patience())).ok).toBe(false);
    expect(session.clockOffMs?.()).toBe(0);
  });

  it.each([
    [400, '<html>Bad request</html>'],
    [401, '{"message":"Log in to the proxy"}'],
    [403, '{"message":"Blocked"}'],
  ])(
    'takes %i of something in between for no refusal, so that nothing that is kept is forgotten',
    async (status, body) => {
      const answers = await serveHttp((_, response) => response.writeHead(status).end(body));
      onTestFinished(() => answers.close());
      const { session } = await opened({ fields: { signInAddress: `${answers.url}/v1` } });
      expect(failureOf(await session.signIn(patience())).code).toBe('unexpected-status');
    },
  );

  it.each([400, 401])('takes %i with an OAuth error for a refusal', async (status) => {
    const answers = await serveHttp((_, response) =>
      response.writeHead(status).end('{"error":"invalid_grant"}'),
    );
    onTestFinished(() => answers.close());
    const { session } = await opened({ fields: { signInAddress: `${answers.url}/v1` } });
    expect(failureOf(await session.signIn(patience())).code).toBe('sign-in-refused');
  });

  it('sends nothing to an address for signing in that is none', async () => {
    const { session } = await opened({ fields: { signInAddress: 'http://example.com' } });
    expect(failureOf(await session.signIn(patience())).code).toBe('bad-address');
  });
});

describe('signing in with an integration', () => {
  const way = { way: 'browser', refreshToken: '' };

  it('is accepted when the person agrees, and keeps the refresh token', async () => {
    const { session, remembered, service } = await opened({ fields: way, browser: browser() });
    expect(await session.signIn(patience())).toEqual(ok(null));
    expect(remembered[0]?.refreshToken).toBeTruthy();
    const asked = service.calls[0];
    expect(asked?.path).toBe('/v1/authorize');
    expect(Object.fromEntries(asked?.query ?? [])).toMatchObject({
      response_type: 'code',
      client_id: service.client.clientId,
      redirect_uri: 'http://127.0.0.1:45678/back',
      scope: 'spark-admin:calling_cdr_read',
    });
    expect(asked?.query.get('state')?.length).toBeGreaterThan(20);
    expect(service.calls.map(({ path }) => path)).toEqual(['/v1/authorize', '/v1/access_token']);
  });

  it('refuses a state that is not the one that was sent, and exchanges no code', async () => {
    const { session, service } = await opened({
      fields: way,
      browser: browser((query) => query.set('state', 'other')),
    });
    expect(failureOf(await session.signIn(patience())).code).toBe('consent-refused');
    expect(service.calls.map(({ path }) => path)).toEqual(['/v1/authorize']);
  });

  it.each([
    ['says no', (query: URLSearchParams) => query.set('error', 'access_denied')],
    ['gives no code', (query: URLSearchParams) => query.delete('code')],
  ])('tells when the person %s', async (_, tamper) => {
    const { session } = await opened({ fields: way, browser: browser(tamper) });
    expect(failureOf(await session.signIn(patience())).code).toBe('consent-refused');
  });

  it('is refused with a code that the service does not know, which is never shown', async () => {
    const { session } = await opened({
      fields: way,
      browser: browser((query) => query.set('code', 'a-made-up-code')),
    });
    const why = failureOf(await session.signIn(patience()));
    expect(why.code).toBe('sign-in-refused');
    expect(JSON.stringify(why)).not.toContain('a-made-up-code');
  });

  it('passes on that the browser did not come back', async () => {
    const away = failed(failure('consent-refused', 'took too long'));
    const { session } = await opened({ fields: way, browser: async () => away });
    expect(await session.signIn(patience())).toEqual(away);
  });

  it('needs no browser while there is a refresh token', async () => {
    const { session, service } = await opened({ fields: { way: 'browser' } });
    expect(await session.signIn(patience())).toEqual(ok(null));
    expect(service.calls.map(({ path }) => path)).toEqual(['/v1/access_token']);
  });

  it('asks the person again when the refresh token is refused', async () => {
    const { session } = await opened({
      fields: { way: 'browser', refreshToken: 'run out' },
      browser: browser(),
    });
    expect(await session.signIn(patience())).toEqual(ok(null));
  });

  it('never opens a browser for a file in the background', async () => {
    const { session, service } = await opened({
      fields: way,
      browser: async () => {
        throw new Error('opened');
      },
    });
    const file = await onlyFile((await opened()).session, { period });
    expect(failureOf(await prepare(session, file, await createJob())).code).toBe('sign-in-refused');
    expect(service.calls).toEqual([]);
  });

  it('is refused where there is no browser', async () => {
    const { session } = await opened({ fields: way });
    expect(failureOf(await session.signIn(patience())).code).toBe('sign-in-refused');
  });
});

describe('signing in with a personal token', () => {
  const way = { way: 'token', accessToken: 'sample-personal-token' };

  it('is accepted when the service takes it', async () => {
    const { session, service } = await opened({ fields: way });
    expect(await session.signIn(patience())).toEqual(ok(null));
    expect(service.calls.map(({ path }) => path)).toEqual(['/v1/cdr_feed']);
  });

  it('is refused when it is wrong, and the token is not shown', async () => {
    const { session, service } = await opened({ fields: { ...way, accessToken: 'my-own-wrong-token' } });
    const why = failureOf(await session.signIn(patience()));
    expect(why.code).toBe('sign-in-refused');
    expect(JSON.stringify(why)).not.toContain('my-own-wrong-token');
    expect(service.calls).toHaveLength(1);
  });

  it('works where the clock of this computer is ahead, which is learnt from the answer', async () => {
    const { session } = await opened({ fields: way, clock: createHastyClock(NOON + 3 * 3_600_000) });
    expect((await session.signIn(patience())).ok).toBe(true);
    const [file] = await listed(session, { per: 'day', period: { from: '2026-03-15', to: '2026-03-15' } });
    expect(file?.name).toContain('_20260315T115400Z');
  });

  it.each(['', 'two words', 'läßt'])('sends nothing that cannot be a token: %j', async (accessToken) => {
    const { session, service } = await opened({ fields: { ...way, accessToken } });
    expect(failureOf(await session.signIn(patience())).code).toBe('sign-in-refused');
    expect(service.calls).toEqual([]);
  });

  it('has run out after twelve hours, and a person is needed', async () => {
    const { session, clock } = await opened({ fields: way });
    await session.signIn(patience());
    clock.set(NOON + DAY_MS);
    const file = await onlyFile(session, { period });
    expect(failureOf(await prepare(session, file, await createJob())).code).toBe('sign-in-refused');
  });

  it('says which role is missing', async () => {
    const clock = createHastyClock();
    const service = await startService({ clock, intercept: () => refusal(403, 'forbidden') });
    const session = openSession({ service, clock, fields: { ...serviceAppFields(service), ...way } });
    const why = failureOf(await session.signIn(patience()));
    expect(why).toMatchObject({ code: 'not-allowed', status: 403 });
    expect(why.detail).toContain('Webex Calling Detailed Call History API access');
  });

  it('takes a service that is busy for a good token', async () => {
    const clock = createHastyClock();
    const service = await startService({ clock, intercept: () => refusal(429, 'slow down') });
    const session = openSession({ service, clock, fields: { ...serviceAppFields(service), ...way } });
    expect(await session.signIn(patience())).toEqual(ok(null));
  });
});
