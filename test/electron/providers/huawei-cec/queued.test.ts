/** What becomes of files in the queue whose service is slow, forgetful or silent. */
import { describe, expect, it } from 'vitest';
import { failureText } from '../../../../renderer/words/failure-text.ts';
import { NOW, openDesk } from '../behaviour/desk.ts';
import { huaweiSystem } from './opened.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const twoDays = { from: '2026-03-01', to: '2026-03-02' };
/** In one CSV, two files. */
const fourDays = { from: '2026-03-01', to: '2026-03-04' };
const zip = { dataType: 'call' };
const csv = { dataType: 'call', files: 'csv', bom: 'no' };

async function queued(...input: Parameters<typeof huaweiSystem>) {
  const huawei = huaweiSystem(...input);
  const desk = await openDesk(huawei.system);
  const ends = () => ['failed', 'done'].includes(desk.row().state);
  return {
    huawei,
    desk,
    /** Waits until the row has come to an end; answers with the code of its failure. */
    async end() {
      await desk.until(ends);
      return desk.row().failure?.code ?? desk.row().state;
    },
    async fetchAgain(period: { readonly from: string; readonly to: string }) {
      await desk.fetch(period);
      await desk.until(ends);
      expect(desk.rows()).toHaveLength(1);
      return desk.row().failure?.code ?? desk.row().state;
    },
    async tryAgain() {
      await desk.manager.retry('all');
      await desk.until(ends);
      return desk.row().failure?.code ?? desk.row().state;
    },
  };
}

describe.each([
  ['a ZIP file that is tried again', zip, twoDays, 1],
  // As by the same command a second time.
  ['a ZIP file that is found and fetched again', zip, twoDays, 1],
  ['one CSV that is tried again', csv, fourDays, 2],
] as const)('%s, deleted by the service,', (how, criteria, period, files) => {
  it('is told to be late, after a day to be gone, and ordered anew by a person, once', async () => {
    const { huawei, desk, end, ...again } = await queued(criteria);
    const tryAgain = () => (how.includes('fetched again') ? again.fetchAgain(period) : again.tryAgain());
    const begun = desk.clock.now();
    await desk.fetch(period);
    await desk.until(() => huawei.generates().length === 1);
    huawei.service.forget();
    expect(await end()).toBe('not-made-yet');
    const waited = desk.clock.now() - begun;
    expect(waited).toBeGreaterThan(60 * MINUTE_MS);
    expect(waited).toBeLessThan(2 * HOUR_MS);
    expect(await tryAgain()).toBe('not-made-yet');

    await desk.clock.advance(24 * HOUR_MS);
    await desk.crash();
    expect(desk.row().state).toBe('failed');
    expect(await tryAgain()).toBe('made-file-gone');
    expect(huawei.generates()).toHaveLength(1);
    const { failure } = desk.row();
    expect(failure && failureText(failure).next).toContain('ordered anew');

    // Neither time nor a new start orders anything.
    await desk.crash();
    await desk.clock.advance(24 * HOUR_MS);
    expect(desk.row().state).toBe('failed');
    expect(huawei.generates()).toHaveLength(1);

    expect(await tryAgain()).toBe('done');
    expect(huawei.generates()).toHaveLength(files + 1);
    expect(desk.bugs).toEqual([]);
  });
});

it('several files are ordered and fetched one at a time, within the limits of the service', async () => {
  // The imitation fails the test where two are asked for at a time.
  const { huawei, desk } = await queued(zip, { mostInMinute: { queryBillData: 2, downloadBillFile: 2 } });
  await desk.fetch({ from: '2026-02-01', to: '2026-02-12' }, 4);
  const rows = await desk.allEnded();
  expect(rows.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  expect(new Set(huawei.service.names).size).toBe(4);
});

it('a file that the service takes an hour for comes by itself, and is ordered once', async () => {
  const { huawei, desk, end } = await queued(zip, { makingMs: HOUR_MS });
  await desk.fetch(twoDays);
  expect(await end()).toBe('done');
  expect(huawei.generates()).toHaveLength(1);
});

it('each file of one CSV may be late: the tries of those before it do not count', async () => {
  const { huawei, desk, end } = await queued(csv, { makingMs: HOUR_MS });
  await desk.fetch(fourDays);
  expect(await end()).toBe('done');
  expect(huawei.generates()).toHaveLength(2);
});

it.each([
  ['a ZIP file', zip],
  ['one CSV', csv],
])(
  'a download of %s that a wrong clock is refused for is not repeated, but teaches the time',
  async (_what, criteria) => {
    // The clocks begin to differ between the order and the download.
    const { huawei, desk } = await queued(criteria, {
      aheadMs: (now) => (now < NOW + 10_000 ? 0 : 20 * MINUTE_MS),
    });
    await desk.fetch(twoDays);
    await desk.until(() => desk.row().failure?.code === 'access-lost');
    expect(huawei.service.refusals).toBe(1);
    // The time that comes with answers has full seconds.
    expect(Math.round((desk.account.session.clockOffMs?.() ?? 0) / MINUTE_MS)).toBe(20);
    desk.manager.wake();
    await desk.until(() => desk.row().state === 'done');
    expect(huawei.service.refusals).toBe(1);
    expect(huawei.generates()).toHaveLength(1);
  },
);

it('an order whose answer is lost holds up its own file only: the account is not said to be out of reach', async () => {
  const { huawei, desk, end } = await queued(zip, {
    intercept: (call, count) => (call === 'queryBillData' && count <= 2 ? 'cut-off' : null),
  });
  await desk.fetch(twoDays);
  const holds: unknown[] = [];
  await desk.until(() => {
    holds.push(desk.manager.list().hold);
    return huawei.generates().length === 3;
  });
  expect(holds.filter((hold) => hold !== null)).toEqual([]);
  expect(await end()).toBe('done');
});
