import { describe, expect, it } from 'vitest';
import { spreadSizes, totalBytes, workNames, works } from '../../../build/bench/work.ts';

const MiB = 1024 * 1024;

describe('the work', () => {
  it.each([
    ['small', 2000, 64 * 1024],
    ['large', 200, 4 * MiB],
    ['single', 1, 2048 * MiB],
  ] as const)('%s is %i files of %i bytes', (name, count, size) => {
    const { files } = works[name];
    expect(files).toHaveLength(count);
    expect(files.every((file) => file.size === size)).toBe(true);
  });

  it('month is 31 archives of 1 to 120 MB and 3,000 tables of 10 KB to 1 MB', () => {
    const sizes = (content: string) =>
      works.month.files.filter((file) => file.content === content).map(({ size }) => size);
    expect(sizes('zip')).toHaveLength(31);
    expect([Math.min(...sizes('zip')), Math.max(...sizes('zip'))]).toEqual([1e6, 120e6]);
    expect(sizes('csv')).toHaveLength(3000);
    expect([Math.min(...sizes('csv')), Math.max(...sizes('csv'))]).toEqual([10e3, 1e6]);
  });

  it('month has archives and tables in turn, from its first day to its last', () => {
    const names = works.month.files.map(({ name }) => name);
    expect(names[0]).toBe('cdr-2026-10-01.zip');
    expect(names[1]).toBe('site-0001.csv');
    expect(names.at(-1)).toBe('site-3000.csv');
    expect(names.lastIndexOf('cdr-2026-10-31.zip')).toBeLessThan(names.length - 90);
  });

  it.each(workNames)('%s has no name twice', (name) => {
    const names = works[name].files.map((file) => file.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('sizes that are spread', () => {
  it('occur once each, from the least to the most, each as many times as large as the one before', () => {
    const sizes = spreadSizes(5, 100, 1600, 2);
    expect(sizes).toEqual([100, 400, 1600, 200, 800]);
    expect(totalBytes(sizes.map((size) => ({ size })))).toBe(3100);
  });
});
