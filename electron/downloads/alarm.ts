import type { Clock } from '../lib/clock.ts';

/** The longest single sleep: timers can't take more than 24 days, and clocks get set. */
const LONGEST_SLEEP_MS = 60_000;

export interface Alarm {
  /** Rings once, at `time` (milliseconds since 1970, UTC) or up to a minute earlier; null: not at all. */
  setFor(time: number | null): void;
}

/** One alarm, which forgets its former time when it is set anew. */
export function createAlarm(clock: Clock, ring: () => void): Alarm {
  let current = new AbortController();
  let setTo: number | null = null;
  return {
    setFor(time) {
      if (time === setTo) return;
      setTo = time;
      current.abort();
      current = new AbortController();
      if (time === null) return;
      const { signal } = current;
      const wait = Math.min(Math.max(0, time - clock.now()), LONGEST_SLEEP_MS);
      void clock.sleep(wait, signal).then(() => {
        if (signal.aborted) return;
        setTo = null;
        ring();
      });
    },
  };
}
