import type { FakeClock } from '../../fakes/fake-clock.ts';

/** Moves the time on whenever somebody sleeps, until `result` is there. For work that also waits for something real. */
export async function passTime<T>(clock: FakeClock, result: Promise<T>): Promise<T> {
  let done = false;
  const end = result.finally(() => {
    done = true;
  });
  while (!done) {
    await Promise.race([end, clock.untilSleeping()]);
    if (!done) await clock.advance(1000);
  }
  return end;
}
