import { powerMonitor, powerSaveBlocker } from 'electron';
import type { DownloadTotals } from '../contract/download.ts';

export interface SleepWatcher {
  /** The computer is about to sleep. */
  onSleep(): void;
  /** It is awake again. */
  onWake(): void;
}

/** To be called once the application is ready. */
export function watchSleep({ onSleep, onWake }: SleepWatcher): void {
  powerMonitor.on('suspend', onSleep);
  powerMonitor.on('resume', onWake);
}

/** Keeps the computer from falling asleep by itself while files are being downloaded. */
export function createStayAwake(): (totals: DownloadTotals) => void {
  let blocker: number | null = null;
  return (totals) => {
    const running = totals.count.downloading + totals.count.verifying > 0;
    if (running && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!running && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
