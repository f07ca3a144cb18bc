import { describe, expect, it } from 'vitest';
import { eachAtOnce } from '../../../electron/reports/each-at-once.ts';

const items = Array.from({ length: 20 }, (_, i) => i);
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function run(most: (done: number) => number) {
  let running = 0;
  const done: number[] = [];
  const seen: number[] = [];
  await eachAtOnce(
    items,
    () => most(done.length),
    async (item) => {
      seen.push(++running);
      await turn();
      running--;
      done.push(item);
    },
  );
  return { done, seen };
}

describe('eachAtOnce', () => {
  it('does every item once, in order, as many at once as allowed and no more', async () => {
    const { done, seen } = await run(() => 4);
    expect(done).toEqual(items);
    expect(Math.max(...seen)).toBe(4);
  });

  it('does fewer at once when the limit falls on the way', async () => {
    const { done, seen } = await run((count) => (count < 4 ? 4 : 1));
    expect(done).toEqual(items);
    expect(Math.max(...seen.slice(8))).toBe(1);
  });

  it('goes on one by one when the limit is lower than 1', async () => {
    const { done, seen } = await run(() => 0);
    expect(done).toEqual(items);
    expect(Math.max(...seen)).toBe(1);
  });

  it('has nothing to do for no items', async () => {
    const seen: number[] = [];
    await eachAtOnce<number>(
      [],
      () => 4,
      async (item) => void seen.push(item),
    );
    expect(seen).toEqual([]);
  });
});
