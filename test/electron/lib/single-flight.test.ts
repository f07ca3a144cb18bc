import { describe, expect, it } from 'vitest';
import { createSingleFlight } from '../../../electron/lib/single-flight.ts';

/** Work that ends when the test says so. */
function controlled() {
  const runs: { readonly signal: AbortSignal; finish(value: string): void; fail(error: Error): void }[] = [];
  const flight = createSingleFlight<string>(
    (signal) => new Promise((finish, fail) => runs.push({ signal, finish, fail })),
  );
  return { flight, runs };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('work that is done once at a time', () => {
  it('is begun once for all who ask while it is under way', async () => {
    const { flight, runs } = controlled();
    const all = Promise.all(Array.from({ length: 20 }, () => flight.join()));
    await turn();
    expect(runs).toHaveLength(1);
    runs[0]?.finish('done');
    expect(await all).toEqual(Array(20).fill('done'));
  });

  it('is begun anew for whoever asks after it ended', async () => {
    const { flight, runs } = controlled();
    const first = flight.join();
    await turn();
    runs[0]?.finish('one');
    await first;
    const second = flight.join();
    await turn();
    runs[1]?.finish('two');
    expect(await second).toBe('two');
  });

  it('goes on for the others when one leaves', async () => {
    const { flight, runs } = controlled();
    const leaver = new AbortController();
    const leaving = flight.join(leaver.signal);
    const staying = flight.join();
    await turn();
    leaver.abort();
    expect(await leaving).toBeNull();
    expect(runs[0]?.signal.aborted).toBe(false);
    runs[0]?.finish('done');
    expect(await staying).toBe('done');
  });

  it('is aborted when the last one leaves, and the next begins when it has ended', async () => {
    const { flight, runs } = controlled();
    const leaver = new AbortController();
    const both = [flight.join(leaver.signal), flight.join(leaver.signal)];
    await turn();
    leaver.abort();
    expect(await Promise.all(both)).toEqual([null, null]);
    expect(runs[0]?.signal.aborted).toBe(true);
    const next = flight.join();
    await turn();
    expect(runs).toHaveLength(1);
    runs[0]?.fail(new Error('aborted'));
    await turn();
    expect(runs).toHaveLength(2);
    runs[1]?.finish('new');
    expect(await next).toBe('new');
  });

  it('is not begun for somebody who has left already', async () => {
    const { flight, runs } = controlled();
    expect(await flight.join(AbortSignal.abort())).toBeNull();
    await turn();
    expect(runs).toHaveLength(0);
  });

  it('fails for all who wait, and is begun anew after', async () => {
    const { flight, runs } = controlled();
    const all = Promise.allSettled([flight.join(), flight.join()]);
    await turn();
    runs[0]?.fail(new Error('broken'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = flight.join();
    await turn();
    runs[1]?.finish('mended');
    expect(await next).toBe('mended');
  });
});
