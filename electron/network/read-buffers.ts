import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What arrives from sockets lies in buffers outside of V8's heap, each for as long as V8 has not noticed that nobody
 * uses it any more. By itself it notices late, since the heap hardly grows: a fast transfer then takes 100 MB more than
 * it needs, and the time to give new memory to each read. Looking through the youngest objects costs a millisecond.
 */
export interface ReadBuffers {
  /** To be called with the bytes of each read. */
  arrived(bytes: number): void;
}

/** `collectYoung` looks through the youngest objects; null where there is no way to ask for it. */
export function createReadBuffers(everyBytes: number, collectYoung: (() => void) | null): ReadBuffers {
  let since = 0;
  return {
    arrived(bytes) {
      since += bytes;
      if (since < everyBytes) return;
      since = 0;
      collectYoung?.();
    },
  };
}

/** V8's own collector, which it gives to scripts that are begun with this flag. */
export function youngCollector(): (() => void) | null {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('typeof gc === "function" ? gc : null');
  return typeof collect === 'function' ? () => void collect({ type: 'minor' }) : null;
}
