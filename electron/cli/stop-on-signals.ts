import type { Clock } from '../lib/clock.ts';

/** The part of Node's `process` that is needed. */
export interface SignalledProcess {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface Stop {
  readonly signal: AbortSignal;
  /** What a signal does. */
  now(): void;
}

/** Ctrl-C, being ended, and the closing of the terminal. */
const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** npm and a terminal both pass on the same Ctrl-C. What comes later is meant as a second one. */
const SAME_SIGNAL_MS = 500;

/** Wants the work to end in order at the first signal; calls `endAtOnce` at a second one. */
export function stopOnSignals(process: SignalledProcess, clock: Clock, endAtOnce: () => void): Stop {
  const controller = new AbortController();
  let stoppedAt: number | null = null;
  function now(): void {
    if (stoppedAt !== null && Math.abs(clock.now() - stoppedAt) > SAME_SIGNAL_MS) endAtOnce();
    stoppedAt ??= clock.now();
    controller.abort();
  }
  for (const signal of signals) process.on(signal, now);
  return { signal: controller.signal, now };
}
