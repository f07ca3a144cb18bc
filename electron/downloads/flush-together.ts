import type { PartFile } from './part-file.ts';

/** Makes a part safe. */
export type FlushPart = (part: Pick<PartFile, 'flush' | 'size' | 'flushed'>) => Promise<void>;

/** More than this takes so long that others should not wait for it. */
const SMALL_BYTES = 4 * 1024 * 1024;

/**
 * Flushes small parts together: those that come while others are being flushed wait for those, and are then flushed all
 * at once. The file system does for many at once little more than for one.
 */
export function createFlushTogether(): FlushPart {
  let waiting: (() => Promise<void>)[] = [];
  let working = false;

  async function work(): Promise<void> {
    working = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await Promise.all(group.map((flush) => flush()));
    }
    working = false;
  }

  return (part) => {
    if (part.size - part.flushed > SMALL_BYTES) return part.flush();
    return new Promise((resolve, reject) => {
      waiting.push(() => part.flush().then(resolve, reject));
      if (!working) void work();
    });
  };
}
