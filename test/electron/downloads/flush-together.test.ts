import { describe, expect, it } from 'vitest';
import { createFlushTogether, type FlushPart } from '../../../electron/downloads/flush-together.ts';
import { createLatch } from '../../fakes/recording-sink.ts';

const MIB = 1024 * 1024;

/** Parts whose flushes end when the test says so. */
function createParts() {
  const begun: string[] = [];
  const ended: string[] = [];
  return {
    begun,
    ended,
    /** A part that is flushed once; `error` is what becomes of that. */
    part(name: string, { size = 1000, flushed = 0, error = null as Error | null } = {}) {
      const latch = createLatch();
      const part: Parameters<FlushPart>[0] = {
        size,
        flushed,
        async flush() {
          begun.push(name);
          await latch.opened;
          ended.push(name);
          if (error) throw error;
        },
      };
      return { part, end: latch.open };
    },
  };
}

describe('flushing parts together', () => {
  it('begins with one alone at once', async () => {
    const { begun, part } = createParts();
    const a = part('a');
    const flushed = createFlushTogether()(a.part);
    expect(begun).toEqual(['a']);
    a.end();
    await flushed;
  });

  it('has those that come meanwhile wait, and then go all at once', async () => {
    const { begun, part } = createParts();
    const flush = createFlushTogether();
    const [a, b, c, d] = [part('a'), part('b'), part('c'), part('d')];
    const first = flush(a.part);
    const others = [flush(b.part), flush(c.part)];
    expect(begun).toEqual(['a']);
    a.end();
    await first;
    await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
    const last = flush(d.part);
    expect(begun).toEqual(['a', 'b', 'c']);
    b.end();
    await others[0];
    expect(begun).toEqual(['a', 'b', 'c']);
    c.end();
    await others[1];
    await expect.poll(() => begun).toEqual(['a', 'b', 'c', 'd']);
    d.end();
    await last;
  });

  it('is over for a part when it is safe, and not before', async () => {
    const { ended, part } = createParts();
    const flush = createFlushTogether();
    const [a, b, c] = [part('a'), part('b'), part('c')];
    const told: string[] = [];
    const flushes = [a, b, c].map(async (one, index) => {
      await flush(one.part);
      told.push(['a', 'b', 'c'][index] ?? '');
      expect(ended).toEqual(expect.arrayContaining(told));
    });
    a.end();
    await expect.poll(() => told).toEqual(['a']);
    c.end();
    await expect.poll(() => told).toEqual(['a', 'c']);
    b.end();
    await Promise.all(flushes);
  });

  it('fails for the one alone that can not be made safe, and goes on', async () => {
    const { part } = createParts();
    const flush = createFlushTogether();
    const error = new Error('EIO');
    const [a, b, c, d] = [part('a', { error }), part('b', { error }), part('c'), part('d')];
    const flushes = [a, b, c].map((one) => flush(one.part));
    const outcomes = Promise.allSettled(flushes);
    for (const one of [a, b, c, d]) one.end();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await expect(flushes[1]).rejects.toBe(error);
    await flush(d.part);
  });

  it('lets a large one neither wait nor hold up others', async () => {
    const { begun, part } = createParts();
    const flush = createFlushTogether();
    const [small, large, next] = [part('small'), part('large', { size: 5 * MIB }), part('next')];
    const first = flush(small.part);
    const alone = flush(large.part);
    expect(begun).toEqual(['small', 'large']);
    const second = flush(next.part);
    small.end();
    next.end();
    await Promise.all([first, second]);
    large.end();
    await alone;
  });

  it('takes for large what is not safe yet, not what the part has', async () => {
    const { begun, part } = createParts();
    const flush = createFlushTogether();
    const [a, b] = [part('a'), part('b', { size: 500 * MIB, flushed: 497 * MIB })];
    const flushes = [flush(a.part), flush(b.part)];
    expect(begun).toEqual(['a']);
    a.end();
    b.end();
    await Promise.all(flushes);
  });
});
