import type { Clock } from './clock.ts';

/**
 * Does work whose answer must not be lost lightly: stopped `ms` milliseconds after `signal` is aborted, not at once. Nothing
 * of it is left running when it resolves.
 */
export async function withGrace<T>(
  { signal, ms, clock }: { readonly signal: AbortSignal; readonly ms: number; readonly clock: Clock },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const later = new AbortController();
  const over = new AbortController();
  const stop = () => void clock.sleep(ms, over.signal).then(() => later.abort());
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  try {
    return await work(later.signal);
  } finally {
    signal.removeEventListener('abort', stop);
    over.abort();
  }
}
