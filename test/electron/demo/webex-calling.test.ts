import { describe, expect, it, onTestFinished } from 'vitest';
import { startWebexSample } from '../../../electron/demo/webex-calling/sample.ts';
import { sampleLegs, timeOf } from '../../../electron/demo/webex-calling/sample-legs.ts';
import {
  startWebexService,
  type WebexServiceOptions,
} from '../../../electron/demo/webex-calling/webex-service.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const NOON = Date.UTC(2026, 2, 15, 12);
const HOUR_MS = 3_600_000;

async function started(options: Partial<WebexServiceOptions> = {}) {
  const clock = createFakeClock(NOON);
  const service = await startWebexService({ clock, ...options });
  onTestFinished(() => service.close());
  const ask = (query: Record<string, string>, token = service.client.personalToken) =>
    fetch(`${service.address}/v1/cdr_feed?${new URLSearchParams(query)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  const grant = (form: Record<string, string>) =>
    fetch(`${service.signInAddress}/access_token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: service.client.clientId,
        client_secret: service.client.clientSecret,
        ...form,
      }),
    });
  return { clock, service, ask, grant };
}

const windowOf = (endsAgo: number, length: number) => ({
  startTime: new Date(NOON - endsAgo - length).toISOString(),
  endTime: new Date(NOON - endsAgo).toISOString(),
});
const morning = windowOf(2 * HOUR_MS, 2 * HOUR_MS);

describe('the imitation of Webex Calling', () => {
  it('has the same legs for the same time, in the order of their reports, some with two spellings of a key', () => {
    const legs = sampleLegs(NOON - 48 * HOUR_MS, NOON);
    expect(sampleLegs(NOON - 48 * HOUR_MS, NOON)).toEqual(legs);
    const times = legs.map((leg) => timeOf(leg, 'Report time'));
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    const keys = new Set(legs.flatMap((leg) => Object.keys(leg)));
    expect(keys).toContain('Device MAC');
    expect(keys).toContain('Device Mac');
    expect(new Set(legs.map((leg) => leg['Report ID'])).size).toBe(legs.length);
    expect(new Set(legs.map((leg) => leg['Correlation ID'])).size).toBeLessThan(legs.length);
  });

  it('wants a token that is good', async () => {
    const { ask, clock, service } = await started({ limits: { rates: null } });
    expect((await ask(morning, 'other')).status).toBe(401);
    expect((await ask(morning)).status).toBe(200);
    service.revoke();
    expect((await ask(morning)).status).toBe(401);
    const later = await started({ limits: { rates: null } });
    await later.clock.advance(12 * HOUR_MS);
    expect((await later.ask(morning)).status).toBe(401);
    expect(clock.now()).toBe(NOON);
  });

  it('takes each refresh token once', async () => {
    const { grant, service } = await started();
    const renew = (token: string) => grant({ grant_type: 'refresh_token', refresh_token: token });
    const first: { refresh_token: string } = await (await renew(service.client.refreshToken)).json();
    expect((await renew(service.client.refreshToken)).status).toBe(400);
    expect((await renew(first.refresh_token)).status).toBe(200);
    expect((await grant({ grant_type: 'refresh_token', client_secret: 'x' })).status).toBe(401);
    expect((await grant({ grant_type: 'password' })).status).toBe(400);
  });

  it('takes each code once, with the redirect that it was given for', async () => {
    const { grant, service } = await started();
    const redirect = 'http://127.0.0.1:4000/back';
    const agree = async () => {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: service.client.clientId,
        redirect_uri: redirect,
        scope: 'spark-admin:calling_cdr_read',
        state: 'abc',
      });
      const answer = await fetch(`${service.signInAddress}/authorize?${query}`, { redirect: 'manual' });
      const back = new URL(answer.headers.get('location') ?? '');
      expect(back.searchParams.get('state')).toBe('abc');
      return back.searchParams.get('code') ?? '';
    };
    const use = (code: string, to = redirect) =>
      grant({ grant_type: 'authorization_code', code, redirect_uri: to });
    const code = await agree();
    expect((await use(code)).status).toBe(200);
    expect((await use(code)).status).toBe(400);
    expect((await use(await agree(), 'http://127.0.0.1:4001/back')).status).toBe(400);
  });

  it('gives one first request a minute and ten pages a minute, by its clock', async () => {
    const { ask, clock } = await started();
    expect((await ask(morning)).status).toBe(200);
    const early = await ask(morning);
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '60']);
    await clock.advance(60_000);
    expect((await ask(morning)).status).toBe(200);
    const page = { ...morning, startTimeForNextFetch: 'x', position: '1' };
    for (let i = 0; i < 10; i++) expect((await ask(page)).status).toBe(200);
    expect((await ask(page)).status).toBe(429);
  });

  it.each([
    ['longer than twelve hours', windowOf(HOUR_MS, 12 * HOUR_MS + 1)],
    ['older than thirty days', windowOf(30 * 24 * HOUR_MS, HOUR_MS)],
    ['not five minutes ago', windowOf(299_000, HOUR_MS)],
    ['backwards', windowOf(2 * HOUR_MS, -HOUR_MS)],
    ['without milliseconds', { startTime: '2026-03-15T08:00:00Z', endTime: '2026-03-15T10:00:00Z' }],
    [
      'for eleven locations',
      { ...morning, locations: Array.from({ length: 11 }, (_, i) => `L${i}`).join(',') },
    ],
  ])('refuses a window that is %s', async (_, query) => {
    const { ask } = await started();
    expect((await ask(query)).status).toBe(400);
  });

  it('says 404 where there are no records', async () => {
    const { ask } = await started();
    const answer = await ask({ ...morning, locations: 'Nowhere' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ message: 'No CDRs for requested time range and filters' });
  });

  it('links its pages in its own odd way, and the last one not at all', async () => {
    const { ask, service } = await started({ limits: { rates: null, pageSize: 10 } });
    const answer = await ask(morning);
    const link = answer.headers.get('link') ?? '';
    expect(link.startsWith(`<<${service.address}/v1/cdr_feed?`)).toBe(true);
    expect(link.endsWith(';rel="next">')).toBe(true);
    const all = sampleLegs(Date.parse(morning.startTime), Date.parse(morning.endTime));
    const last = await ask({ ...morning, startTimeForNextFetch: 'x', position: String(all.length - 3) });
    expect(last.headers.get('link')).toBeNull();
    const { items }: { items: unknown[] } = await last.json();
    expect(items).toEqual(all.slice(-3));
  });

  it('as sample data has no rates', async () => {
    const sample = await startWebexSample(createFakeClock(NOON));
    onTestFinished(() => sample.close());
    const { clientId = '', clientSecret = '', refreshToken = '', signInAddress } = sample.fields;
    const answer = await fetch(`${signInAddress}/access_token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      }),
    });
    const { access_token: token }: { access_token: string } = await answer.json();
    for (let i = 0; i < 3; i++) {
      const page = await fetch(`${sample.serverAddress}/v1/cdr_feed?${new URLSearchParams(morning)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(page.status).toBe(200);
    }
  });
});
