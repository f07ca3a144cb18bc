import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniqueNames } from '../../../electron/reports/unique-names.ts';

describe('uniqueNames', () => {
  it('numbers the second and later ones, before the extension', async () => {
    expect(await uniqueNames(['a.csv', 'b.csv', 'a.csv', 'a.csv'])).toEqual([
      'a.csv',
      'b.csv',
      'a (2).csv',
      'a (3).csv',
    ]);
  });

  it('numbers names without an extension at their end', async () => {
    expect(await uniqueNames(['a', 'a'])).toEqual(['a', 'a (2)']);
  });

  it('counts upper and lower case as the same', async () => {
    expect(await uniqueNames(['Site.csv', 'site.CSV'])).toEqual(['Site.csv', 'site (2).CSV']);
  });

  it('leaves alone what already has the number', async () => {
    expect(await uniqueNames(['a.csv', 'a.csv', 'a (2).csv'])).toEqual(['a.csv', 'a (3).csv', 'a (2).csv']);
  });

  it('gives every name once, and changes only those that clash', async () => {
    const name = fc.constantFrom(
      'a.csv',
      'A.csv',
      'a (2).csv',
      'a (3).csv',
      'b',
      'B',
      'b (2)',
      'ä',
      'a\u0308',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 30 }), async (names) => {
        const unique = await uniqueNames(names);
        const same = (text: string) => text.normalize('NFC').toLowerCase();
        expect(new Set(unique.map(same)).size).toBe(names.length);
        for (const [i, one] of names.entries()) {
          if (names.slice(0, i).every((other) => same(other) !== same(one))) expect(unique[i]).toBe(one);
        }
      }),
    );
  });

  it('is quick with very many equal names', async () => {
    const unique = await uniqueNames(Array.from({ length: 50_000 }, () => 'a.csv'));
    expect(unique.at(-1)).toBe('a (50000).csv');
  });
});
