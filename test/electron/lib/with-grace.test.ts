import { describe, expect, it } from 'vitest';
import { withGrace } from '../../../electron/lib/with-grace.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

function begun() {
  const clock = createFakeClock();
  const caller = new AbortController();
  let finish = (_: string): void => undefined;
  const result = withGrace({ signal: caller.signal, ms: 5000, clock }, (signal) => {
    return new Promise<string>((resolve) => {
      finish = resolve;
      signal.addEventListener('abort', () => resolve('stopped'));
    });
  });
  return { clock, caller, result, finish: (text: string) => finish(text) };
}

describe('work with a grace', () => {
  it('comes to its end after its caller has left, and leaves nothing asleep', async () => {
    const { clock, caller, result, finish } = begun();
    caller.abort();
    await clock.advance(4999);
    finish('done');
    expect(await result).toBe('done');
    expect(clock.sleeping).toBe(0);
  });

  it('is stopped when the grace is over', async () => {
    const { clock, caller, result } = begun();
    caller.abort();
    await clock.advance(5000);
    expect(await result).toBe('stopped');
  });

  it('is never stopped while its caller stays', async () => {
    const { clock, result, finish } = begun();
    await clock.advance(60_000);
    finish('done');
    expect(await result).toBe('done');
    expect(clock.sleeping).toBe(0);
  });
});
