import type { DownloadTotals } from '../contract/download.ts';

const active = ({ count }: DownloadTotals): number => count.waiting + count.downloading + count.verifying;

/**
 * Watches the queue's totals, and says in a sentence how a batch ended once the last of its files is through.
 * Says nothing when the batch was only paused or cancelled.
 */
export function createFinishNotice(tell: (sentence: string) => void): (totals: DownloadTotals) => void {
  let doneBefore = 0;
  let failedBefore = 0;
  let newlyDone = 0;
  let newlyFailed = 0;
  let working = false;
  return (totals) => {
    const done = totals.count.done + totals.count['already-there'];
    const failed = totals.count.failed;
    const nowWorking = active(totals) > 0;
    if (working) {
      // Finished rows that are cleared away meanwhile were downloaded all the same; a failed one that is tried again
      // has not failed.
      newlyDone += Math.max(0, done - doneBefore);
      newlyFailed = Math.max(0, newlyFailed + failed - failedBefore);
    }
    if (working && !nowWorking) {
      if (newlyDone > 0 || newlyFailed > 0) tell(sentenceFor(newlyDone, newlyFailed));
      newlyDone = 0;
      newlyFailed = 0;
    }
    doneBefore = done;
    failedBefore = failed;
    working = nowWorking;
  };
}

const files = (n: number): string => (n === 1 ? '1 file' : `${n} files`);

function sentenceFor(done: number, failed: number): string {
  if (failed === 0) return `${files(done)} downloaded.`;
  if (done === 0) return `${files(failed)} could not be downloaded.`;
  return `${files(done)} downloaded, ${files(failed)} could not be downloaded.`;
}
