import { describe, expect, it } from 'vitest';
import { createWorkLane } from '../../../electron/demo/work-lane.ts';

describe('work lane', () => {
  it('gives the event loop a turn between any two steps, in the order they were asked for', async () => {
    const inLane = createWorkLane();
    let turn = 0;
    let going = true;
    const count = () => {
      turn += 1;
      if (going) setImmediate(count);
    };
    setImmediate(count);
    const turns = await Promise.all([1, 2, 3, 4].map((name) => inLane(() => ({ name, turn }))));
    going = false;
    expect(turns.map((step) => step.name)).toEqual([1, 2, 3, 4]);
    expect(new Set(turns.map((step) => step.turn)).size).toBe(4);
  });

  it('goes on after a step that throws', async () => {
    const inLane = createWorkLane();
    const broken = inLane(() => {
      throw new Error('broken');
    });
    const next = inLane(() => 'next');
    await expect(broken).rejects.toThrow('broken');
    await expect(next).resolves.toBe('next');
  });
});
