/** A limit on the bytes a second of the whole queue. */
import type { Clock } from '../lib/clock.ts';

export interface SpeedLimit {
  /**
   * Counts bytes that have arrived. A promise asks to take no more before it resolves, which it does early when
   * `signal` is aborted. Whoever comes first is let on first, so that all get their even share.
   */
  spend(bytes: number, signal: AbortSignal): Promise<void> | undefined;
}

/** As much as may come at once after a pause: small enough to be even, large enough for one read of a socket. */
const BURST_MS = 250;

/**
 * The bytes of all transfers are laid one behind the other on a line of time, each as long as it may take; who is
 * ahead of the line waits for it. `limit`: bytes a second, null for none; it may change at any time.
 */
export function createSpeedLimit(clock: Clock, limit: () => number | null): SpeedLimit {
  /** When all that was counted so far will have had its time. */
  let paidUntil = 0;
  return {
    spend(bytes, signal) {
      const perSecond = limit();
      if (perSecond === null) return undefined;
      const now = clock.now();
      const took = (bytes / perSecond) * 1000;
      // Neither time that was not used nor a clock that was set back is to be made up for.
      const behind = paidUntil < now - BURST_MS || paidUntil > now + took + LONGEST_DEBT_MS;
      paidUntil = (behind ? now - BURST_MS : paidUntil) + took;
      return paidUntil > now ? waitUntil(paidUntil, perSecond, signal) : undefined;
    },
  };

  /** Ends early when the limit is another one, or the clock was set back. */
  async function waitUntil(time: number, perSecond: number, signal: AbortSignal): Promise<void> {
    let left = time - clock.now();
    while (left > 0 && !signal.aborted && limit() === perSecond) {
      await clock.sleep(Math.min(left, LOOK_EVERY_MS), signal);
      const now = time - clock.now();
      if (now > left) return;
      left = now;
    }
  }
}

const LOOK_EVERY_MS = 1000;

/** Twenty transfers with a read each at the slowest limit are ahead by less. */
const LONGEST_DEBT_MS = 60_000;
