import { describe, expect, it } from 'vitest';
import { type BodyFeed, createBodyFeed } from '../../../electron/network/body-feed.ts';
import { createLatch, createRecordingSink } from '../../fakes/recording-sink.ts';

/** A feed whose sink is busy with every chunk until it is told to go on. */
function slowFeed() {
  const told: string[] = [];
  const latches: ReturnType<typeof createLatch>[] = [];
  const sink = createRecordingSink(() => {
    const latch = createLatch();
    latches.push(latch);
    return latch.opened;
  });
  const feed = createBodyFeed(sink, {
    hold: () => told.push('hold'),
    goOn: () => told.push('go on'),
    giveUp: () => told.push('give up'),
  });
  /** The sink is done with the chunk that it has. */
  const done = async () => {
    latches.shift()?.open();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { sink, feed, told, done };
}

const push = (feed: BodyFeed, ...texts: readonly string[]) => {
  for (const text of texts) feed.push(Buffer.from(text));
};

describe('a body on its way to a sink', () => {
  it('is held back while the sink is busy, and what comes all the same follows in order', async () => {
    const { sink, feed, told, done } = slowFeed();
    push(feed, 'a', 'b', 'c');
    expect(sink.bytes().toString()).toBe('a');
    await done();
    expect(sink.bytes().toString()).toBe('ab');
    await done();
    expect(told).toEqual(['hold', 'hold', 'hold']);
    await done();
    expect(told).toEqual(['hold', 'hold', 'hold', 'go on']);
    push(feed, 'd');
    expect(sink.bytes().toString()).toBe('abcd');
  });

  it('ends when the sink has got everything', async () => {
    const { sink, feed, done } = slowFeed();
    push(feed, 'a', 'b');
    const ended = feed.end();
    await done();
    expect(sink.state).toBe('busy');
    await done();
    await ended;
    expect(sink.state).toBe('ended');
  });

  it('lets go when it breaks off, after what had come before', async () => {
    const { sink, feed, done } = slowFeed();
    push(feed, 'a', 'b');
    const over = feed.breakOff();
    await done();
    await done();
    await over;
    expect(sink.state).toBe('let go');
    expect(sink.bytes().toString()).toBe('ab');
  });

  it('is given up when the sink fails, and nothing more goes to it', async () => {
    const told: string[] = [];
    const sink = createRecordingSink(async () => {
      throw new Error('disk full');
    });
    const feed = createBodyFeed(sink, {
      hold() {},
      goOn: () => told.push('go on'),
      giveUp: () => told.push('give up'),
    });
    push(feed, 'a', 'b');
    await expect(feed.end()).rejects.toThrow('disk full');
    push(feed, 'c');
    expect(sink.bytes().toString()).toBe('a');
    expect(sink.state).toBe('let go');
    expect(told).toEqual(['give up']);
  });
});
