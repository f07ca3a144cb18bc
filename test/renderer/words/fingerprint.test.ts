import { describe, expect, it } from 'vitest';
import { fingerprintGroups } from '../../../renderer/words/fingerprint.ts';

describe('a fingerprint', () => {
  it('is read in groups of four pairs, as it is or as it was typed', () => {
    const pairs = Array.from({ length: 32 }, (_, i) => i.toString(16).padStart(2, '0'));
    const groups = fingerprintGroups(pairs.join(':'));
    expect(groups).toHaveLength(8);
    expect(groups[2]).toBe('08:09:0A:0B');
    expect(fingerprintGroups(pairs.join(''))).toEqual(groups);
  });

  it('has no group where there is none', () => {
    expect(fingerprintGroups('')).toEqual([]);
  });
});
