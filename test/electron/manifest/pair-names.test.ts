import { describe, expect, it } from 'vitest';
import { pairNames } from '../../../electron/manifest/pair-names.ts';

const pair = (wanted: string[], files: string[]) => {
  const { pairs, extra } = pairNames(
    wanted.map((name) => ({ name })),
    files,
  );
  return { files: pairs.map(({ file }) => file), extra };
};

describe('the file that a name means', () => {
  it.each<[string, string[], string[], (string | null)[], string[]]>([
    ['is the one of that name', ['b', 'a'], ['a', 'b'], ['b', 'a'], []],
    ['is none where there is none', ['a', 'b'], ['b', 'c'], [null, 'b'], ['c']],
    ['may be in another case', ['March.ZIP'], ['march.zip'], ['march.zip'], []],
    ['may have its letters composed in another way', ['M\u00e4rz'], ['Ma\u0308rz'], ['Ma\u0308rz'], []],
    ['is the exact one before one that is alike', ['a', 'A'], ['A', 'a'], ['a', 'A'], []],
    ['is not one that another name means', ['a', 'A'], ['A'], [null, 'A'], []],
    ['is not one that is taken already', ['\u00c4', 'a\u0308'], ['\u00e4'], ['\u00e4', null], []],
    [
      'is never beside the folder',
      ['../a', '/a', 'b/a', '.', '..'],
      ['a'],
      [null, null, null, null, null],
      ['a'],
    ],
  ])('%s', (_, wanted, files, found, extra) => {
    expect(pair(wanted, files)).toEqual({ files: found, extra });
  });
});
