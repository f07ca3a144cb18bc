import { describe, expect, it } from 'vitest';
import { median, ratio, summaryOf } from '../../../build/bench/statistics.ts';

describe('the median', () => {
  it('is the figure in the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  it('orders numbers by their value, not as text', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('is not made up where there are no figures', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('comes with the range', () => {
    expect(summaryOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
  });
});

describe('the ratio of two programs', () => {
  it('is taken round by round, so that a slow round of the machine does not count', () => {
    expect(ratio([1, 10, 1], [2, 20, 2])).toBe(0.5);
  });

  it('is the median of the rounds', () => {
    expect(ratio([1, 1, 9], [1, 2, 3])).toBe(1);
  });

  it('needs the same rounds of both', () => {
    expect(() => ratio([1, 2], [1])).toThrow(RangeError);
  });
});
