import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConnectionBudget } from '../../../electron/network/connection-budget.ts';

/** What has been answered by the time that everything ready to run has run. */
async function settled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const answers: T[] = [];
  promises.forEach((promise) => {
    promise.then((answer) => answers.push(answer));
  });
  await new Promise((resolve) => setImmediate(resolve));
  return answers;
}

describe('the budget of connections', () => {
  it('gives slots until there are none, then first come first served', async () => {
    const budget = createConnectionBudget(2);
    const order: string[] = [];
    const ask = async (name: string) => {
      const release = await budget.acquire();
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

  it('takes a slot back only once, however often it is given', async () => {
    const budget = createConnectionBudget(1);
    const release = await budget.acquire();
    release?.();
    release?.();
    expect(await settled([budget.acquire(), budget.acquire()])).toHaveLength(1);
  });

  it('answers null to whoever gives up waiting, and lets the next one in', async () => {
    const budget = createConnectionBudget(1);
    const release = await budget.acquire();
    const controller = new AbortController();
    const gone = budget.acquire(controller.signal);
    const next = budget.acquire();
    controller.abort();
    expect(await gone).toBeNull();
    release?.();
    expect(await next).not.toBeNull();
  });

  it('gives nothing to whoever has given up before', async () => {
    const budget = createConnectionBudget(1);
    expect(await budget.acquire(AbortSignal.abort())).toBeNull();
    expect(await budget.acquire()).not.toBeNull();
  });

  it('never has more slots out than allowed, nor loses any, whatever is done in whatever order', async () => {
    const step = fc.constantFrom('ask', 'give back', 'give up', 'give back twice');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(step, { maxLength: 60 }),
        async (most, steps) => {
          const budget = createConnectionBudget(most);
          const held: (() => void)[] = [];
          const waiting = new Set<AbortController>();
          for (const what of steps) {
            if (what === 'ask') {
              const controller = new AbortController();
              waiting.add(controller);
              budget.acquire(controller.signal).then((release) => {
                waiting.delete(controller);
                if (release) held.push(release);
              });
            } else if (what === 'give up') {
              for (const controller of [...waiting].slice(0, 1)) controller.abort();
            } else {
              const release = held.shift();
              release?.();
              if (what === 'give back twice') release?.();
            }
            await new Promise((resolve) => setImmediate(resolve));
            expect(held.length).toBeLessThanOrEqual(most);
            if (waiting.size > 0) expect(held).toHaveLength(most);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
