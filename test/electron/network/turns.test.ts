import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStop, type Stop } from '../../../electron/network/stop.ts';
import { createTurns, type RequestSize } from '../../../electron/network/turns.ts';

/** What has been answered by the time that everything ready to run has run. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const answers: T[] = [];
  promises.forEach((promise) => {
    promise.then((answer) => answers.push(answer));
  });
  await new Promise((resolve) => setImmediate(resolve));
  return answers;
}

describe('the turns of requests', () => {
  it('are given until there are none, then first come first served', async () => {
    const turns = createTurns(2, 0);
    const order: string[] = [];
    const ask = async (name: string) => {
      const release = await turns.take('small', createStop());
      order.push(name);
      return release;
    };
    const [a] = await Promise.all([ask('a'), ask('b')]);
    const waiting = [ask('c'), ask('d')];
    expect(await settled(waiting)).toHaveLength(0);
    a?.();
    expect(await settled(waiting)).toHaveLength(1);
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('are taken back only once, however often they are given', async () => {
    const turns = createTurns(1, 0);
    const release = await turns.take('small', createStop());
    release?.();
    release?.();
    expect(
      await settled([turns.take('small', createStop()), turns.take('small', createStop())]),
    ).toHaveLength(1);
  });

  it('are null to whoever gives up waiting, and the next one gets in', async () => {
    const turns = createTurns(1, 0);
    const release = await turns.take('small', createStop());
    const stop = createStop();
    const gone = turns.take('small', stop);
    const next = turns.take('small', createStop());
    stop.stop();
    expect(await gone).toBeNull();
    release?.();
    expect(await next).not.toBeNull();
  });

  it('are none for whoever has given up before', async () => {
    const turns = createTurns(1, 0);
    const stop = createStop();
    stop.stop();
    expect(await turns.take('small', stop)).toBeNull();
    expect(await turns.take('small', createStop())).not.toBeNull();
  });

  it('go to small requests before large ones, in the order of asking within each', async () => {
    const turns = createTurns(1, 0);
    const order: string[] = [];
    const ask = async (size: RequestSize, name: string) => {
      const release = await turns.take(size, createStop());
      order.push(name);
      release?.();
    };
    const first = await turns.take('large', createStop());
    const all = [ask('large', 'a'), ask('small', 'b'), ask('large', 'c'), ask('small', 'd')];
    first?.();
    await Promise.all(all);
    expect(order).toEqual(['b', 'd', 'a', 'c']);
  });

  it('are kept for small requests as far as they are reserved', async () => {
    const turns = createTurns(3, 1);
    const large = await settled([
      turns.take('large', createStop()),
      turns.take('large', createStop()),
      turns.take('large', createStop()),
    ]);
    expect(large).toHaveLength(2);
    expect(await settled([turns.take('small', createStop())])).toHaveLength(1);
  });

  it('are one for large requests even where all are reserved', async () => {
    const turns = createTurns(1, 1);
    expect(
      await settled([turns.take('large', createStop()), turns.take('large', createStop())]),
    ).toHaveLength(1);
  });

  it('are never more than allowed, nor lost, whatever is done in whatever order', async () => {
    const step = fc.constantFrom('ask small', 'ask large', 'give back', 'give up', 'give back twice');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 2 }),
        fc.array(step, { maxLength: 60 }),
        async (most, reserve, steps) => {
          const turns = createTurns(most, reserve);
          const held: { size: RequestSize; release: () => void }[] = [];
          const waiting = new Map<Stop, RequestSize>();
          for (const what of steps) {
            if (what === 'ask small' || what === 'ask large') {
              const size = what === 'ask small' ? 'small' : 'large';
              const stop = createStop();
              waiting.set(stop, size);
              turns.take(size, stop).then((release) => {
                waiting.delete(stop);
                if (release) held.push({ size, release });
              });
            } else if (what === 'give up') {
              for (const stop of [...waiting.keys()].slice(0, 1)) stop.stop();
            } else {
              const one = held.shift();
              one?.release();
              if (what === 'give back twice') one?.release();
            }
            await new Promise((resolve) => setImmediate(resolve));
            const large = held.filter(({ size }) => size === 'large').length;
            const mostLarge = Math.max(1, most - reserve);
            expect(held.length).toBeLessThanOrEqual(most);
            expect(large).toBeLessThanOrEqual(mostLarge);
            const asking = [...waiting.values()];
            if (asking.includes('small')) expect(held).toHaveLength(most);
            if (asking.includes('large')) expect(held.length === most || large === mostLarge).toBe(true);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
