import type { Clock } from '../../lib/clock.ts';

/** A clock of this computer that is off by less may be wrong by the way that an answer takes. */
const TOLERATED_MS = 60_000;

export interface ServerTime {
  /** Milliseconds since 1970, UTC: the service's time where this computer's is off by more than a minute (spec 8.3). */
  now(): number;
  /** How far that is ahead of this computer's, in milliseconds; 0 where it is not off. */
  readonly offMs: number;
  /** False until the service has told its time: this computer's may be wrong by days. */
  readonly isKnown: boolean;
  /**
   * An answer of the service itself came with this `Date`. Not for what something in between answers in its place, such as
   * the sign-in page of a network, whose clock is its own.
   */
  heard(date: string | undefined): void;
}

export function createServerTime(clock: Pick<Clock, 'now'>): ServerTime {
  let offset = 0;
  let isKnown = false;
  return {
    now: () => clock.now() + offset,
    get offMs() {
      return offset;
    },
    get isKnown() {
      return isKnown;
    },
    heard(date) {
      const time = Date.parse(date ?? '');
      if (Number.isNaN(time)) return;
      isKnown = true;
      const off = time - clock.now();
      offset = Math.abs(off) > TOLERATED_MS ? off : 0;
    },
  };
}
