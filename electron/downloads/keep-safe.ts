import type { Clock } from '../lib/clock.ts';
import type { ClaimedPart } from './claim-part.ts';
import type { Run } from './run.ts';

/** Bytes are made safe after this many, or this many milliseconds, so that a power cut costs little. */
const FLUSH_BYTES = 32 * 1024 * 1024;
const FLUSH_AFTER_MS = 5000;
/** A disk that is slower than the network holds the network back, once it is this far behind. */
const MOST_UNSAFE_BYTES = 4 * FLUSH_BYTES;

export interface SafeKeeper {
  /** To be called when the part has got bytes. A promise asks to wait until the disk has caught up. */
  taken(): Promise<void> | undefined;
  /** Resolves when nothing is being made safe any more. */
  over(): Promise<void>;
}

/**
 * Makes the bytes of a part safe from time to time, while more of them arrive or are waited for, and writes down how far
 * it is.
 */
export function createSafeKeeper(
  run: Pick<Run, 'save'>,
  claimed: Pick<ClaimedPart, 'file' | 'record'>,
  clock: Clock,
): SafeKeeper {
  const { file } = claimed;
  const ended = new AbortController();
  let isTimed = false;
  let flushing: Promise<void> | null = null;

  async function flush(): Promise<void> {
    await file.flush();
    await run.save({ received: file.flushed, part: claimed.record });
    flushing = null;
  }

  function start(): Promise<void> {
    const started = flush();
    // What went wrong is told to whoever waits for it, now or at the end.
    started.catch(() => {});
    flushing = started;
    return started;
  }

  /** A connection may fall silent with bytes that are not safe. */
  async function flushLater(): Promise<void> {
    isTimed = true;
    await clock.sleep(FLUSH_AFTER_MS, ended.signal);
    isTimed = false;
    if (!ended.signal.aborted && !flushing) start();
  }

  return {
    taken() {
      if (!isTimed) void flushLater();
      const unsafe = file.size - file.flushed;
      const current = flushing ?? (unsafe >= FLUSH_BYTES ? start() : null);
      return unsafe > MOST_UNSAFE_BYTES ? (current ?? undefined) : undefined;
    },
    async over() {
      // A reason of its own spares making an error, with its stack, for each file.
      ended.abort('over');
      await flushing;
    },
  };
}
