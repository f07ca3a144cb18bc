import type { Clock } from '../lib/clock.ts';

/** Room for one socket. */
export interface SocketPlace {
  /**
   * Resolves when a socket may be opened here: the one before has been closed for a while. Whoever entered opens one
   * socket at most, and calls the answer when that is closed, or when it opens none.
   */
  enter(): Promise<() => void>;
}

export interface SocketPlaceOptions {
  readonly clock: Clock;
  /**
   * Milliseconds from the end of one socket to the beginning of the next: a server that is told of both at once may
   * count the new one before it has let go of the old one.
   */
  readonly linger: number;
}

export function createSocketPlace({ clock, linger }: SocketPlaceOptions): SocketPlace {
  let last: Promise<void> = Promise.resolve();
  let emptySince = Number.NEGATIVE_INFINITY;

  return {
    async enter() {
      const before = last;
      let leave = () => {};
      last = new Promise((resolve) => {
        leave = resolve;
      });
      await before;
      // A clock that was set back does not make it longer.
      const left = Math.min(linger, emptySince + linger - clock.now());
      if (left > 0) await clock.sleep(left);
      return () => {
        emptySince = clock.now();
        leave();
      };
    },
  };
}
