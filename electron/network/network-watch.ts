/** Notices that the computer changed its network or slept, long before connections over the old one time out. */
import type { Clock } from '../lib/clock.ts';

export interface NetworkWatchOptions {
  readonly clock: Clock;
  /** The computer's own addresses, as `ownAddresses`. */
  addresses(): readonly string[];
  /** A way out is gone: connections over it will never say so. */
  onLost(): void;
  /** There is a network again, or a further or another one. Comes right after `onLost` where one is left. */
  onBack(): void;
}

export interface NetworkWatch {
  /** Looks at once, as after a wake-up. */
  check(): void;
  close(): void;
}

const LOOK_EVERY_MS = 2000;
/** Between two looks; only a computer that slept takes so long. */
const SLEPT_MS = 10_000;

/** Looks every two seconds until it is closed. */
export function createNetworkWatch({ clock, addresses, onLost, onBack }: NetworkWatchOptions): NetworkWatch {
  const closed = new AbortController();
  let known = addresses();
  let lookedAt = clock.now();

  function check(): void {
    const before = known;
    const slept = clock.now() - lookedAt > SLEPT_MS;
    known = addresses();
    lookedAt = clock.now();
    const { lost, back } = compareNetworks(before, known, slept);
    if (lost) onLost();
    if (back) onBack();
  }

  async function watch(): Promise<void> {
    for (;;) {
      await clock.sleep(LOOK_EVERY_MS, closed.signal);
      if (closed.signal.aborted) return;
      check();
    }
  }

  void watch();
  return { check, close: () => closed.abort() };
}

/**
 * What two looks say.
 *
 * | between them                   | lost | back                    |
 * |--------------------------------|------|-------------------------|
 * | nothing changed                | no   | no                      |
 * | an address came                | no   | yes                     |
 * | an address went                | yes  | if there is any address |
 * | the computer slept             | yes  | if there is any address |
 */
export function compareNetworks(
  before: readonly string[],
  now: readonly string[],
  slept: boolean,
): { readonly lost: boolean; readonly back: boolean } {
  const lost = slept || before.some((address) => !now.includes(address));
  return { lost, back: lost ? now.length > 0 : now.some((address) => !before.includes(address)) };
}
