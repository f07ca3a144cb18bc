import { describe, expect, it } from 'vitest';
import { historyFacts } from '../../../../renderer/features/history/history-facts.ts';
import { anEntry } from '../../../fakes/fake-bridge.ts';

const facts = (more: Parameters<typeof anEntry>[0]) => new Map(historyFacts(anEntry(more), 'acme-machine'));

describe('the facts of a download', () => {
  it('give sizes to the byte', () => {
    expect(facts({ size: 34_612_345 }).get('Size arrived')).toBe('34.6 MB (34,612,345 bytes)');
    expect(facts({ size: 812 }).get('Size arrived')).toBe('812 bytes');
  });

  it('name the period that was asked for, where it is known', () => {
    expect(facts({ period: '2026-01/2026-03' }).get('Period')).toBe('January 2026 to March 2026');
    expect(facts({ period: '2026-03-17/2026-03-17' }).get('Period')).toBe('17 March 2026');
    expect(facts({ period: null }).has('Period')).toBe(false);
  });

  it('say so where the service gave nothing to compare with', () => {
    const without = facts({ md5Expected: null, sizeExpected: null, notes: ['no-checksum'] });
    expect(without.get('Checksum (MD5) announced')).toBe('none given');
    expect(without.get('Size announced')).toBe('not known');
    expect(without.get('Note')).toMatch(/no checksum/);
  });
});
