import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../electron/lib/fold-text.ts';

describe('folding', () => {
  it.each([
    ['München', 'MÜNCHEN'],
    ['München', 'Mu\u0308nchen'],
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['ＡＢＣ', 'abc'],
  ])('makes %s and %s one', (a, b) => {
    expect(foldText(a)).toBe(foldText(b));
  });

  it('keeps different names apart', () => {
    expect(foldText('a1')).not.toBe(foldText('a2'));
  });

  it('does not matter when it is done twice', () => {
    fc.assert(fc.property(fc.string(), (text) => foldText(foldText(text)) === foldText(text)));
  });
});
