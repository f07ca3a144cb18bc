import { describe, expect, it } from 'vitest';
import { inSlices, nextTurn } from '../../../electron/lib/in-slices.ts';

describe('work in slices', () => {
  it('is done for every item, in order, so many at a time', async () => {
    const slices: (readonly number[])[] = [];
    await inSlices([1, 2, 3, 4, 5], 2, (slice) => slices.push(slice));
    expect(slices).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('leaves a turn to everything else before each slice', async () => {
    const seen: string[] = [];
    const work = inSlices([1, 2, 3], 1, ([item]) => seen.push(`slice ${item}`));
    for (const turn of [1, 2, 3]) {
      seen.push(`turn ${turn}`);
      await nextTurn();
    }
    await work;
    expect(seen).toEqual(['turn 1', 'slice 1', 'turn 2', 'slice 2', 'turn 3', 'slice 3']);
  });

  it('ends after the slice in which it is stopped', async () => {
    const stop = new AbortController();
    const slices: (readonly number[])[] = [];
    const work = (slice: readonly number[]) => {
      slices.push(slice);
      if (slices.length === 2) stop.abort();
    };
    await inSlices([1, 2, 3, 4], 1, work, stop.signal);
    expect(slices).toEqual([[1], [2]]);
  });

  it('ends with what it throws', async () => {
    const bug = new Error('not expected');
    const work = () => {
      throw bug;
    };
    await expect(inSlices([1], 1, work)).rejects.toBe(bug);
  });
});
