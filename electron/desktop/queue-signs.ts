import { BrowserWindow } from 'electron';
import type { DownloadTotals } from '../contract/download.ts';
import { createFinishNotice } from './finish-notice.ts';
import { createNotify } from './notify.ts';
import { createStayAwake } from './sleep-wake.ts';
import { showProgress } from './taskbar.ts';

/** What the desktop shows of the queue outside of the window: progress, a notice at the end, and no sleep meanwhile. */
export function createQueueSigns(notice: {
  readonly title: string;
  readonly onClick: () => void;
}): (totals: DownloadTotals) => void {
  const stayAwake = createStayAwake();
  const tellFinish = createFinishNotice(createNotify(notice));
  return (totals) => {
    stayAwake(totals);
    tellFinish(totals);
    for (const window of BrowserWindow.getAllWindows()) showProgress(window, totals);
  };
}
