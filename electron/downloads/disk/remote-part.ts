import type { PartFile } from '../part-file.ts';
import type { DiskAsker } from './ask-thread.ts';
import type { SharedMemory } from './shared-memory.ts';

/** Pieces that the thread has not given back. With the one that is being filled, this is all a part has in memory. */
const MOST_PIECES = 3;

/** A part in the disk's thread. Bytes go there in shared memory; what goes wrong with them is told by the next call. */
export function createRemotePart(
  { ask }: Pick<DiskAsker, 'ask'>,
  memory: SharedMemory,
  part: number,
  kept: number,
): PartFile {
  let size = kept;
  let flushed = kept;
  let filling: Uint8Array | null = null;
  let filled = 0;
  const away = new Set<Promise<void>>();
  let broken: { readonly error: unknown } | null = null;

  function sendFilled(): void {
    if (!filling || filled === 0) return;
    const piece = filling;
    const sent = ask({ op: 'append', part, bytes: { memory: memory.sharedOf(piece), length: filled } })
      .then(
        () => {},
        (error: unknown) => {
          broken ??= { error };
        },
      )
      .finally(() => {
        memory.giveBack(piece);
        away.delete(sent);
      });
    away.add(sent);
    filling = null;
    filled = 0;
  }

  async function waitFor(done: Promise<unknown>): Promise<void> {
    await done;
    if (broken) throw broken.error;
  }

  /** The order of the thread's work on a part makes waiting for the last one enough. */
  async function afterAll<T>(last: () => Promise<T>): Promise<T> {
    sendFilled();
    const [answer] = await Promise.all([last(), ...away]);
    if (broken) throw broken.error;
    return answer;
  }

  return {
    get size() {
      return size;
    },
    get flushed() {
      return flushed;
    },
    md5: () => afterAll(() => ask({ op: 'md5', part })),
    append(chunk) {
      size += chunk.length;
      for (let at = 0; at < chunk.length; ) {
        filling ??= memory.take();
        const bytes = Math.min(chunk.length - at, filling.length - filled);
        filling.set(chunk.subarray(at, at + bytes), filled);
        filled += bytes;
        at += bytes;
        if (filled === filling.length) sendFilled();
      }
      if (broken) return Promise.reject(broken.error);
      return away.size >= MOST_PIECES ? waitFor(Promise.race(away)) : undefined;
    },
    drain: () => afterAll(async () => {}),
    async flush() {
      if (flushed === size) return;
      const taken = size;
      await afterAll(() => ask({ op: 'flush', part }));
      flushed = taken;
    },
    async reserve(bytes) {
      if (bytes > size) await ask({ op: 'reserve', part, bytes });
    },
    async clear() {
      filled = 0;
      await Promise.all(away);
      size = 0;
      flushed = 0;
      broken = null;
      await ask({ op: 'clear', part });
    },
    async close() {
      if (filling) memory.giveBack(filling);
      filling = null;
      filled = 0;
      await ask({ op: 'close', part });
    },
  };
}
