import { describe, expect, it } from 'vitest';
import { historyFacts } from '../../../../renderer/features/history/history-facts.ts';
import { anEntry } from '../../../fakes/fake-bridge.ts';

const facts = (more: Parameters<typeof anEntry>[0]) => new Map(historyFacts(anEntry(more)));

describe('the facts of a download', () => {
  it('give sizes to the byte', () => {
    expect(facts({ size: 34_612_345 }).get('Size arrived')).toBe('34.6 MB (34,612,345 bytes)');
    expect(facts({ size: 812 }).get('Size arrived')).toBe('812 bytes');
  });

  it('say so where the service gave nothing to compare with', () => {
    const without = facts({ md5Expected: null, sizeExpected: null, notes: ['no-checksum'] });
    expect(without.get('Checksum (MD5) announced')).toBe('none given');
    expect(without.get('Size announced')).toBe('not known');
    expect(without.get('Note')).toMatch(/no checksum/);
  });
});
