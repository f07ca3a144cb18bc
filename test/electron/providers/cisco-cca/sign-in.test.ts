import { describe, expect, it } from 'vitest';
import { goodToken, openSession, patience, withAnswers, withService } from './signed-in.ts';

const TOKEN = '/v1/oauth/token';
const SITES = '/v1/cdr?from=0&size=1000';
const noSites = { body: '{"total":0,"items":[]}' };
const HOUR = 3_600_000;

const sites = (session: Awaited<ReturnType<typeof withService>>['session']) =>
  session.lookup('site-files', 'site', patience());

describe('signing in', () => {
  it('sends name and password as JSON, once, and the token from then on', async () => {
    const { session, asked } = await withAnswers((path) =>
      path === TOKEN ? goodToken('abc_DEF-123') : noSites,
    );
    expect(await session.signIn(patience())).toEqual({ ok: true, value: null });
    await sites(session);
    await sites(session);
    expect(asked).toEqual([
      {
        method: 'POST',
        path: TOKEN,
        body: '{"accountName":"demo","accountPassword":"demo"}',
        authorization: undefined,
      },
      { method: 'GET', path: SITES, body: '', authorization: 'Bearer abc_DEF-123' },
      { method: 'GET', path: SITES, body: '', authorization: 'Bearer abc_DEF-123' },
    ]);
  });

  it('signs in by itself when something is asked first', async () => {
    const { session, asked } = await withAnswers((path) => (path === TOKEN ? goodToken('t') : noSites));
    expect((await sites(session)).ok).toBe(true);
    expect(asked.map(({ path }) => path)).toEqual([TOKEN, SITES]);
  });

  it('asks for one token for 20 callers', async () => {
    const { session, signIns } = await withService();
    const answers = await Promise.all(Array.from({ length: 20 }, () => sites(session)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(signIns()).toBe(1);
  });

  it('asks for one new token when 20 callers are refused the old one', async () => {
    const { session, service, signIns } = await withService();
    await session.signIn(patience());
    service.revokeTokens();
    const answers = await Promise.all(Array.from({ length: 20 }, () => sites(session)));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(service.requests.filter(({ status }) => status === 401).length).toBeGreaterThan(0);
    expect(signIns()).toBe(2);
  });

  it('uses a token until five minutes before its end', async () => {
    const { session, clock, signIns } = await withService();
    await sites(session);
    await clock.advance(43_199_000 - 5 * 60_000 - 1);
    await sites(session);
    expect(signIns()).toBe(1);
    await clock.advance(1);
    await sites(session);
    expect(signIns()).toBe(2);
  });

  it.each([
    {},
    { expiresIn: null },
    { expiresIn: 0 },
    { expiresIn: -1 },
    { expiresIn: 'soon' },
    { expiresIn: {} },
  ])('takes a token to live for half an hour when its life is %j', async (life) => {
    const { session, asked, clock } = await withAnswers((path) =>
      path === TOKEN ? goodToken('t', life) : noSites,
    );
    await sites(session);
    await clock.advance(24 * 60_000);
    await sites(session);
    expect(asked.filter(({ path }) => path === TOKEN)).toHaveLength(1);
    await clock.advance(60_000);
    await sites(session);
    expect(asked.filter(({ path }) => path === TOKEN)).toHaveLength(2);
  });

  it.each(['', ' ', ' edge', 'line\nbreak', 'tab\t', 'ünicode', '\u0000'])(
    'cannot use %j as a token, and never sends it',
    async (token) => {
      const { session, asked } = await withAnswers((path) => (path === TOKEN ? goodToken(token) : noSites));
      expect(await sites(session)).toMatchObject({ failure: { code: 'unusable-answer' } });
      expect(asked.map(({ path }) => path)).toEqual([TOKEN]);
    },
  );

  it('takes a life that comes as text, and uses a short one for half of it', async () => {
    const { session, asked, clock } = await withAnswers((path) =>
      path === TOKEN ? goodToken('t', { expiresIn: '60' }) : noSites,
    );
    await sites(session);
    await clock.advance(29_000);
    await sites(session);
    expect(asked.filter(({ path }) => path === TOKEN)).toHaveLength(1);
    await clock.advance(HOUR);
    await sites(session);
    expect(asked.filter(({ path }) => path === TOKEN)).toHaveLength(2);
  });

  it.each([400, 401, 403, 406])('takes %i for a refusal, and does not ask again with it', async (status) => {
    const { session, asked } = await withAnswers(() => ({ status, body: 'no' }));
    expect(await session.signIn(patience())).toMatchObject({ failure: { code: 'sign-in-refused', status } });
    expect(await sites(session)).toMatchObject({ failure: { code: 'sign-in-refused' } });
    expect(await session.fileRequest('https://a.webex.com/', 'zip', patience())).toMatchObject({
      failure: { code: 'sign-in-refused' },
    });
    expect(asked).toHaveLength(1);
  });

  it.each([
    [404, 'not found', 'not-found'],
    [429, '', 'too-many-connections'],
    [503, '<html></html>', 'service-down'],
    [200, '<html></html>', 'html-answer'],
    [200, '', 'empty-answer'],
    [200, '{"accessToken"', 'broken-json'],
    [200, '{"tokenType":"Bearer"}', 'unusable-answer'],
    [200, '{"accessToken":""}', 'unusable-answer'],
    [200, '[]', 'unusable-answer'],
  ])('explains %i with %j as %s, which may pass', async (status, body, code) => {
    const { session } = await withAnswers((_, count) => (count === 1 ? { status, body } : goodToken('t')));
    expect(await session.signIn(patience())).toMatchObject({ failure: { code } });
    expect((await session.signIn(patience())).ok).toBe(true);
  });

  it.each([{}, { accountName: ' ', accountPassword: 'x' }, { accountName: 'x', accountPassword: '' }])(
    'sends nothing when name or password is empty: %j',
    async (fields) => {
      const { address, asked } = await withAnswers(() => goodToken('t'));
      const { session } = openSession(address, fields);
      expect(await session.signIn(patience())).toMatchObject({ failure: { code: 'sign-in-refused' } });
      expect(asked).toEqual([]);
    },
  );

  it('does not put the password into a failure', async () => {
    const { session } = await withAnswers(() => ({ status: 500, body: 'accountPassword: demo' }));
    expect(JSON.stringify(await session.signIn(patience()))).not.toContain('demo');
  });
});

describe('a refused token', () => {
  it('is replaced once, and the question asked once more', async () => {
    const { session, asked } = await withAnswers((path, count) =>
      path === TOKEN ? goodToken(`token ${count}`) : count === 1 ? { status: 401 } : noSites,
    );
    expect(await sites(session)).toEqual({ ok: true, value: [] });
    expect(asked.map(({ path, authorization }) => [path, authorization])).toEqual([
      [TOKEN, undefined],
      [SITES, 'Bearer token 1'],
      [TOKEN, undefined],
      [SITES, 'Bearer token 2'],
    ]);
  });

  it('means that access is lost when the new one is refused too', async () => {
    const { session, asked } = await withAnswers((path, count) =>
      path === TOKEN ? goodToken(`token ${count}`) : { status: 401 },
    );
    expect(await sites(session)).toMatchObject({ failure: { code: 'access-lost', status: 401 } });
    expect(asked.map(({ path }) => path)).toEqual([TOKEN, SITES, TOKEN, SITES]);
  });

  it('ends in a refusal when the password was changed meanwhile', async () => {
    const { session } = await withAnswers((path, count) =>
      path === TOKEN && count === 1 ? goodToken('t') : { status: 401 },
    );
    expect(await sites(session)).toMatchObject({ failure: { code: 'sign-in-refused' } });
  });

  it('is replaced before the next request for a file', async () => {
    const { session, asked } = await withAnswers((_, count) => goodToken(`token ${count}`));
    const refused = await session.fileRequest('https://a.webex.com/', 'zip', patience());
    if (!refused.ok) throw new Error();
    expect(await session.renew(refused.value, patience())).toEqual({ ok: true, value: null });
    const next = await session.fileRequest('https://a.webex.com/', 'zip', patience());
    expect(next).toMatchObject({ value: { headers: { authorization: 'Bearer token 2' } } });
    // One that was refused late, with the token before, changes nothing.
    expect(await session.renew(refused.value, patience())).toEqual({ ok: true, value: null });
    expect(asked).toHaveLength(2);
  });

  it('means that access is lost when the service gives the same one again', async () => {
    const { session } = await withAnswers(() => goodToken('same'));
    const refused = await session.fileRequest('https://a.webex.com/', 'zip', patience());
    if (!refused.ok) throw new Error();
    expect(await session.renew(refused.value, patience())).toMatchObject({
      failure: { code: 'access-lost' },
    });
  });
});
