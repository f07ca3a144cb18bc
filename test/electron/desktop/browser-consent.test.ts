import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createBrowserConsent } from '../../../electron/desktop/browser-consent.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const never = () => new AbortController().signal;

/** A port that nobody listens on. */
async function freeRedirect(): Promise<string> {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/back`;
}

/** A browser that goes to these paths of where it is led back to, one after the other. */
async function consentBy(...paths: readonly string[]) {
  const redirect = await freeRedirect();
  const clock = createFakeClock();
  const opened: string[] = [];
  const statuses: number[] = [];
  const consent = createBrowserConsent({
    clock,
    redirect,
    async open(address) {
      opened.push(address);
      for (const path of paths) statuses.push((await fetch(new URL(path, redirect))).status);
    },
  });
  return { consent, clock, redirect, opened, statuses };
}

describe('consent in the browser', () => {
  it('opens the address that leads back here, and answers with what came back', async () => {
    const { consent, redirect, opened } = await consentBy('/back?code=c1&state=s1');
    const answer = await consent((back) => `https://service.example/authorize?to=${back}`, never());
    expect(opened).toEqual([`https://service.example/authorize?to=${redirect}`]);
    expect(answer.ok && [...answer.value.query]).toEqual([
      ['code', 'c1'],
      ['state', 's1'],
    ]);
    expect(answer.ok && answer.value.redirect).toBe(redirect);
  });

  it('takes no notice of other paths', async () => {
    const { consent, statuses } = await consentBy('/favicon.ico', '/back?code=c2');
    const answer = await consent(() => 'https://service.example/', never());
    expect(answer.ok && answer.value.query.get('code')).toBe('c2');
    expect(statuses).toEqual([404, 200]);
  });

  it('listens no more afterwards', async () => {
    const { consent, redirect } = await consentBy('/back');
    await consent(() => 'https://service.example/', never());
    await expect(fetch(redirect)).rejects.toThrow();
  });

  it('ends at once when it is stopped', async () => {
    const { consent } = await consentBy();
    const stopping = new AbortController();
    const answer = consent(() => 'https://service.example/', stopping.signal);
    stopping.abort();
    expect(await answer).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('gives up when nobody comes back', async () => {
    const { consent, clock, opened } = await consentBy();
    const answer = consent(() => 'https://service.example/', never());
    while (opened.length === 0) await new Promise(setImmediate);
    await clock.advance(10 * 60_000);
    expect(await answer).toMatchObject({ failure: { code: 'consent-refused' } });
  });

  it('says so when another program listens there, and opens no browser', async () => {
    const { consent, redirect, opened } = await consentBy();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(Number(new URL(redirect).port), '127.0.0.1', resolve));
    expect(await consent(() => 'https://service.example/', never())).toMatchObject({
      failure: { code: 'consent-refused', detail: expect.stringContaining('EADDRINUSE') },
    });
    expect(opened).toEqual([]);
    await new Promise((resolve) => other.close(resolve));
  });
});
