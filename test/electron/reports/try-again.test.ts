import { describe, expect, it } from 'vitest';
import { type FailureCode, failure, failureCodes } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import { tryAgain } from '../../../electron/reports/try-again.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const passing: FailureCode[] = [
  'service-down',
  'too-many-connections',
  'timed-out',
  'connection-lost',
  'connection-refused',
  'host-not-found',
];

function start(
  code: FailureCode,
  options: { retryAfterMs?: number; random?: number; succeedsAt?: number } = {},
) {
  const clock = createFakeClock();
  const began = clock.now();
  const at: number[] = [];
  const controller = new AbortController();
  const more = options.retryAfterMs === undefined ? {} : { retryAfterMs: options.retryAfterMs };
  const result = tryAgain(
    async () => {
      at.push(clock.now() - began);
      return at.length === options.succeedsAt ? ok('there') : failed(failure(code, 'test', more));
    },
    { clock, random: () => options.random ?? 0, signal: controller.signal },
  );
  return { clock, at, controller, result };
}

describe('tryAgain', () => {
  it('answers at once with what came', async () => {
    const { result, at } = start('service-down', { succeedsAt: 1 });
    expect(await result).toEqual(ok('there'));
    expect(at).toEqual([0]);
  });

  it('tries three times, after one and two seconds', async () => {
    const { result, at, clock } = start('service-down');
    await clock.advance(60_000);
    expect(await result).toMatchObject({ failure: { code: 'service-down' } });
    expect(at).toEqual([0, 1000, 3000]);
  });

  it('stops as soon as one try succeeds', async () => {
    const { result, at, clock } = start('timed-out', { succeedsAt: 2 });
    await clock.advance(60_000);
    expect(await result).toEqual(ok('there'));
    expect(at).toEqual([0, 1000]);
  });

  it('waits five and ten seconds after 429', async () => {
    const { result, at, clock } = start('too-many-connections');
    await clock.advance(60_000);
    await result;
    expect(at).toEqual([0, 5000, 15_000]);
  });

  it('waits as long as the service wants', async () => {
    const { result, at, clock } = start('too-many-connections', { retryAfterMs: 20_000 });
    await clock.advance(60_000);
    await result;
    expect(at).toEqual([0, 20_000, 40_000]);
  });

  it('waits up to a quarter longer by chance, never shorter', async () => {
    const { result, at, clock } = start('service-down', { random: 1 });
    await clock.advance(60_000);
    await result;
    expect(at).toEqual([0, 1250, 3750]);
  });

  it('answers with the failure rather than keeping a person waiting for more than two minutes', async () => {
    const { result, at, clock } = start('too-many-connections', { retryAfterMs: 121_000 });
    expect(await result).toMatchObject({ failure: { code: 'too-many-connections', retryAfterMs: 121_000 } });
    expect(at).toEqual([0]);
    expect(clock.sleeping).toBe(0);
  });

  it('can be stopped while it waits', async () => {
    const { result, at, clock, controller } = start('service-down');
    await clock.untilSleeping();
    controller.abort();
    expect(await result).toMatchObject({ failure: { code: 'cancelled' } });
    expect(at).toEqual([0]);
  });

  it.each(passing)('tries again after %s', async (code) => {
    const { result, at, clock } = start(code);
    await clock.advance(60_000);
    await result;
    expect(at).toHaveLength(3);
  });

  it.each(failureCodes.filter((code) => !passing.includes(code)))(
    'does not try again after %s',
    async (code) => {
      const { result, at } = start(code);
      expect(await result).toMatchObject({ failure: { code } });
      expect(at).toEqual([0]);
    },
  );
});
