import { expect, it, onTestFinished } from 'vitest';
import { createConnectionBudget } from '../../../../electron/network/connection-budget.ts';
import { createHttpClient } from '../../../../electron/network/http-client.ts';
import { createWebexCalling } from '../../../../electron/providers/webex-calling/index.ts';
import { createHastyClock, createJob, makeFile, onlyFile, patience } from './signed-in.ts';

it('sample data is signed in to and made into a file without long waits', async () => {
  const clock = createHastyClock();
  const provider = createWebexCalling();
  const sample = await provider.startSample?.(clock);
  if (!sample) throw new Error('no sample');
  onTestFinished(() => sample.close());
  const http = createHttpClient({ budget: createConnectionBudget(20) });
  onTestFinished(() => http.close());
  const address = provider.readAddress(sample.serverAddress);
  expect(address).toEqual({ ok: true, value: sample.serverAddress });
  expect(provider.accountName(sample.fields)).toBe('Sample organization');
  const session = provider.openSession({
    serverAddress: sample.serverAddress,
    fields: sample.fields,
    http,
    clock,
  });
  expect((await session.signIn(patience())).ok).toBe(true);
  const file = await onlyFile(session, { per: 'month', period: { from: '2026-03-01', to: '2026-03-14' } });
  const { text } = await makeFile(session, file, await createJob(), clock);
  expect(text.split('\r\n').length).toBeGreaterThan(1000);
  expect(Math.max(...clock.slept)).toBeLessThanOrEqual(250);
});
