import { useEffect, useState } from 'react';
import type { DownloadHold, DownloadTotals } from '../../../electron/contract/download.ts';

const LINGER_MS = 5000;

/**
 * The hold to show. A try to reach the service takes the hold away for as long as it lasts: until bytes come, the
 * last one stays, as one whose next try is due.
 */
export function shownHold(
  hold: DownloadHold | null,
  last: DownloadHold | null,
  { speed, count }: DownloadTotals,
): DownloadHold | null {
  if (hold !== null || last?.reason !== 'unreachable') return hold;
  const isTrying = speed === 0 && count.waiting + count.downloading > 0;
  return isTrying ? { ...last, nextTryAt: 0 } : null;
}

/** The hold without its flicker: one that may come back stays for some seconds. */
export function useSteadyHold(hold: DownloadHold | null, totals: DownloadTotals): DownloadHold | null {
  const [last, setLast] = useState(hold);
  const shown = shownHold(hold, last, totals);
  const lingers = shown !== hold;
  useEffect(() => {
    if (!lingers) return setLast(hold);
    const timer = setTimeout(() => setLast(null), LINGER_MS);
    return () => clearTimeout(timer);
  }, [hold, lingers]);
  return shown;
}
