import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpeedLimit } from '../../../electron/downloads/speed-limit.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const BURST_MS = 250;
const never = new AbortController().signal;

function start(perSecond: number | null) {
  const clock = createFakeClock();
  const set = { perSecond };
  const limit = createSpeedLimit(clock, () => set.perSecond);
  const begun = clock.now();
  const letOn: number[] = [];

  /** Spends at once, and notes when it was let on, in milliseconds from the start. */
  async function spend(bytes: number, signal = never): Promise<void> {
    await limit.spend(bytes, signal);
    letOn.push(clock.now() - begun);
  }

  return { clock, limit, set, spend, letOn };
}

describe('a speed limit', () => {
  const chunk = fc.record({ pause: fc.nat(2000), bytes: fc.integer({ min: 1, max: 65_536 }) });
  const transfers = fc.array(fc.array(chunk, { maxLength: 8 }), { minLength: 1, maxLength: 20 });

  it('lets through no more than the limit and its burst, whatever comes when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 50_000, max: 2_000_000 }), transfers, async (perSecond, plans) => {
        const { clock, limit } = start(perSecond);
        const begun = clock.now();
        const passed: { readonly at: number; readonly bytes: number }[] = [];
        const runs = plans.map(async (chunks) => {
          for (const { pause, bytes } of chunks) {
            await clock.sleep(pause);
            await limit.spend(bytes, never);
            passed.push({ at: clock.now() - begun, bytes });
          }
        });
        await clock.advance(600_000);
        await Promise.all(runs);
        let sum = 0;
        for (const { at, bytes } of passed) {
          sum += bytes;
          // A byte more for what a computer's fractions lose.
          expect(sum).toBeLessThanOrEqual((perSecond * (at + BURST_MS)) / 1000 + 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is used up: nobody waits longer than the bytes before him take', async () => {
    const { clock, spend, letOn } = start(1000);
    const runs = [250, 500, 500, 1000].map((bytes) => spend(bytes));
    await clock.advance(10_000);
    await Promise.all(runs);
    expect(letOn).toEqual([0, 500, 1000, 2000]);
  });

  it('gives all their even share, in the order in which they come', async () => {
    const { clock, limit } = start(100_000);
    const shares = [0, 0, 0];
    const runs = shares.map(async (_, who) => {
      for (let count = 1; count <= 20; count++) {
        await limit.spend(10_000, never);
        shares[who] = count;
      }
    });
    await clock.advance(3000);
    // Three seconds and the burst, at ten a second.
    expect(shares).toEqual([11, 11, 10]);
    await clock.advance(10_000);
    await Promise.all(runs);
  });

  it('does not make up for time in which nothing came', async () => {
    const { clock, spend, letOn } = start(1000);
    await spend(100);
    await clock.advance(60_000);
    const runs = [250, 1000].map((bytes) => spend(bytes));
    await clock.advance(5000);
    await Promise.all(runs);
    expect(letOn).toEqual([0, 60_000, 61_000]);
  });
});

describe('a speed limit that changes', () => {
  it('ends the waits that it began with', async () => {
    const { clock, set, spend, letOn } = start(1000);
    await spend(250);
    const run = spend(60_000);
    set.perSecond = null;
    await clock.advance(1000);
    await run;
    expect(letOn).toEqual([0, 1000]);
  });

  it('counts from the next bytes on', async () => {
    const { clock, set, spend, letOn } = start(1000);
    await spend(250);
    const runs = [spend(1000)];
    set.perSecond = 10_000;
    runs.push(spend(1000));
    set.perSecond = 500;
    runs.push(spend(1000));
    await clock.advance(10_000);
    await Promise.all(runs);
    expect(letOn).toEqual([0, 1000, 1000, 3100]);
  });

  it('holds nobody back who comes after it was taken away', async () => {
    const { set, limit } = start(1000);
    void limit.spend(100_000, never);
    set.perSecond = null;
    expect(limit.spend(1_000_000, never)).toBeUndefined();
  });
});

describe('waiting for a speed limit', () => {
  it('ends at once when the transfer is stopped, and keeps nobody else from waiting', async () => {
    const { clock, spend, letOn } = start(1000);
    const stopping = new AbortController();
    const stopped = spend(2250, stopping.signal);
    const other = spend(1000);
    await clock.advance(10);
    stopping.abort();
    await stopped;
    expect(letOn).toEqual([10]);
    await clock.advance(5000);
    await other;
    expect(letOn).toEqual([10, 3000]);
  });

  it.each([-86_400_000, 86_400_000])('is not longer after the clock was set %i ms ahead', async (ms) => {
    const { clock, limit } = start(1000);
    void limit.spend(1000, never);
    clock.set(clock.now() + ms);
    let letOn = false;
    const next = limit.spend(1000, never)?.then(() => {
      letOn = true;
    });
    await clock.advance(749);
    expect(letOn).toBe(false);
    await clock.advance(1);
    await next;
    expect(letOn).toBe(true);
  });
});
