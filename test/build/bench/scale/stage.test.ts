import { expect, it } from 'vitest';
import { watched } from '../../../../build/bench/scale/stage.ts';

it('what holds everything up is noticed, also when it comes last', async () => {
  const { value, longestBlock } = await watched(async () => {
    const until = performance.now() + 100;
    while (performance.now() < until);
    return 'done';
  });
  expect(value).toBe('done');
  expect(longestBlock).toBeGreaterThan(90);
});
