import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../electron/lib/clock.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

describe("the system's clock", () => {
  it('wakes a sleeper when its time is over, the shorter sleep first', async () => {
    const controller = new AbortController();
    const long = systemClock.sleep(1e9, controller.signal).then(() => 'long');
    const short = systemClock.sleep(1).then(() => 'short');
    expect(await Promise.race([long, short])).toBe('short');
    controller.abort();
    expect(await long).toBe('long');
  });

  it('wakes a sleeper at once when it is told to, and lets nobody sleep who was told before', async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep(1e9, controller.signal);
    controller.abort();
    await sleeping;
    await systemClock.sleep(1e9, controller.signal);
    expect(controller.signal.aborted).toBe(true);
  });
});

describe('the clock of the tests', () => {
  it('stands still, and wakes each sleeper at its own time', async () => {
    const clock = createFakeClock(1000);
    const woken: [string, number][] = [];
    const sleep = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push([name, clock.now()]);
    };
    sleep('late', 300);
    sleep('early', 100).then(() => sleep('again', 100));
    expect(clock.now()).toBe(1000);
    await clock.advance(250);
    expect(woken).toEqual([
      ['early', 1100],
      ['again', 1200],
    ]);
    expect(clock.now()).toBe(1250);
    expect(clock.sleeping).toBe(1);
    await clock.advance(50);
    expect(woken.at(-1)).toEqual(['late', 1300]);
  });

  it('wakes whoever is aborted, without time going by', async () => {
    const clock = createFakeClock(0);
    const controller = new AbortController();
    const sleeping = clock.sleep(100, controller.signal);
    controller.abort();
    await sleeping;
    await clock.sleep(100, controller.signal);
    expect([clock.now(), clock.sleeping]).toEqual([0, 0]);
  });

  it('can be set without waking anybody', async () => {
    const clock = createFakeClock(0);
    clock.sleep(100);
    clock.set(1_000_000);
    expect([clock.now(), clock.sleeping]).toEqual([1_000_000, 1]);
    await clock.advance(100);
    expect([clock.now(), clock.sleeping]).toEqual([1_000_100, 0]);
  });

  it('tells when somebody has gone to sleep', async () => {
    const clock = createFakeClock(0);
    const both = clock.untilSleeping(2);
    clock.sleep(1);
    setImmediate(() => clock.sleep(2));
    await both;
    expect(clock.sleeping).toBe(2);
  });
});
