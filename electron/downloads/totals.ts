import type { Download, DownloadTotals } from '../contract/download.ts';
import type { DownloadState } from '../contract/download-state.ts';

type Counted = Pick<Download, 'state' | 'size' | 'received' | 'speed'>;

/** The queue in figures, kept up row by row so that a long queue costs no more than a short one. */
export interface RunningTotals {
  add(download: Counted): void;
  take(download: Counted): void;
  now(): DownloadTotals;
}

export function createTotals(): RunningTotals {
  const count: Record<DownloadState, number> = {
    waiting: 0,
    downloading: 0,
    verifying: 0,
    paused: 0,
    done: 0,
    'already-there': 0,
    failed: 0,
    cancelled: 0,
  };
  let totalBytes = 0;
  let receivedBytes = 0;
  let speed = 0;

  function apply(download: Counted, sign: 1 | -1): void {
    count[download.state] += sign;
    if (download.state === 'cancelled') return;
    totalBytes += sign * (download.size ?? download.received);
    receivedBytes += sign * download.received;
    speed += sign * download.speed;
  }

  return {
    add: (download) => apply(download, 1),
    take: (download) => apply(download, -1),
    now: () => ({ count: { ...count }, totalBytes, receivedBytes, speed }),
  };
}
