import type { BrowserWindow } from 'electron';
import type { DownloadTotals } from '../contract/download.ts';

/** How far the running work is, from 0 to 1; null when nothing runs or waits. */
export function workDone(totals: DownloadTotals): number | null {
  const running = totals.count.waiting + totals.count.downloading + totals.count.verifying;
  if (running === 0) return null;
  return totals.totalBytes === 0 ? 0 : Math.min(1, totals.receivedBytes / totals.totalBytes);
}

/** Shows the queue's progress on the taskbar or dock icon. */
export function showProgress(window: BrowserWindow, totals: DownloadTotals): void {
  if (window.isDestroyed()) return;
  window.setProgressBar(workDone(totals) ?? -1);
}
