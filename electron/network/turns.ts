import type { Stop } from './stop.ts';

/** What a request is for: a list, a token and other small things, or the content of a file. */
export type RequestSize = 'small' | 'large';

/** Who may go, and in which order. */
export interface Turns {
  /**
   * A turn, as soon as there is one; the answer gives it back (once; more calls do nothing). Small requests go before
   * large ones, first come first served within each. Answers null when `stop` comes before there was one.
   */
  take(size: RequestSize, stop: Stop): Promise<(() => void) | null>;
}

/** At most `most` turns at the same time, of which large requests leave `reserve` to the small ones, but have one. */
export function createTurns(most: number, reserve: number): Turns {
  const mostLarge = Math.max(1, most - reserve);
  const taken: Record<RequestSize, number> = { small: 0, large: 0 };
  /** Each in the order of asking. */
  const waiting: Record<RequestSize, Set<() => void>> = { small: new Set(), large: new Set() };

  const mayGo = (size: RequestSize) =>
    taken.small + taken.large < most && (size === 'small' || taken.large < mostLarge);

  function begin(size: RequestSize): () => void {
    taken[size] += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      taken[size] -= 1;
      const [next] = waiting.small.size > 0 ? waiting.small : mayGo('large') ? waiting.large : [];
      next?.();
    };
  }

  return {
    take(size, stop) {
      if (stop.stopped) return Promise.resolve(null);
      if (mayGo(size)) return Promise.resolve(begin(size));
      return new Promise((resolve) => {
        const enter = () => {
          waiting[size].delete(enter);
          stop.whenStopped = null;
          resolve(begin(size));
        };
        waiting[size].add(enter);
        stop.whenStopped = () => {
          waiting[size].delete(enter);
          resolve(null);
        };
      });
    },
  };
}
