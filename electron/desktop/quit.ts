import type { Clock } from '../lib/clock.ts';

/** The part of Electron's `app` that quitting needs. */
export interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  quit(): void;
}

export interface QuitOptions {
  /** What brings the work to a safe end, in this order. One that fails does not keep the next from its turn. */
  readonly steps: readonly (() => Promise<void> | void)[];
  readonly clock: Clock;
  readonly onBug: (error: unknown) => void;
}

/** A disk or a network drive may never answer. What is lost then is no more than a power cut would take. */
const LONGEST_MS = 10_000;

/** Lets the work come to a safe end before the application goes, but never keeps it for longer than ten seconds. */
export function quitInOrder(app: QuittingApp, { steps, clock, onBug }: QuitOptions): void {
  let state: 'running' | 'finishing' | 'finished' = 'running';

  async function finish(): Promise<void> {
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        onBug(error);
      }
    }
  }

  app.on('before-quit', async (event) => {
    if (state === 'finished') return;
    event.preventDefault();
    if (state === 'finishing') return;
    state = 'finishing';
    await Promise.race([finish(), clock.sleep(LONGEST_MS)]);
    state = 'finished';
    app.quit();
  });
}
