import type { Clock } from '../../electron/lib/clock.ts';

/** A clock whose time stands still until the test moves it. */
export interface FakeClock extends Clock {
  /** How many sleepers there are. */
  readonly sleeping: number;
  /**
   * Moves the time, waking sleepers one by one in the order of their times, each at its own time. What a woken
   * sleeper does before it next waits for something real is done when this resolves.
   */
  advance(ms: number): Promise<void>;
  /** Sets the time as a person sets a computer's clock: it jumps, and nobody wakes. */
  set(time: number): void;
  /** Resolves as soon as at least `count` sleepers are asleep: for tests with real sockets and files. */
  untilSleeping(count?: number): Promise<void>;
}

interface Sleeper {
  /** In milliseconds of time slept through, which `set` does not touch. */
  readonly wakesAt: number;
  wake(): void;
}

/** Lets everything that is ready to run do so: promise callbacks and what they queue. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** `start` in milliseconds since 1970, UTC. */
export function createFakeClock(start = Date.UTC(2026, 2, 15, 12)): FakeClock {
  let time = start;
  let elapsed = 0;
  const sleepers = new Set<Sleeper>();
  let watchers: { readonly count: number; readonly seen: () => void }[] = [];

  function tellWatchers(): void {
    for (const watcher of watchers) if (sleepers.size >= watcher.count) watcher.seen();
    watchers = watchers.filter((watcher) => sleepers.size < watcher.count);
  }

  function moveTo(moment: number): void {
    time += moment - elapsed;
    elapsed = moment;
  }

  return {
    now: () => time,

    get sleeping() {
      return sleepers.size;
    },

    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper: Sleeper = {
          wakesAt: elapsed + Math.max(0, ms),
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
        tellWatchers();
      }),

    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (;;) {
        const next = [...sleepers].sort((a, b) => a.wakesAt - b.wakesAt)[0];
        if (!next || next.wakesAt > end) break;
        moveTo(Math.max(elapsed, next.wakesAt));
        next.wake();
        await settle();
      }
      moveTo(Math.max(elapsed, end));
    },

    set(to) {
      time = to;
    },

    untilSleeping: (count = 1) =>
      new Promise((seen) => {
        watchers.push({ count, seen });
        tellWatchers();
      }),
  };
}
