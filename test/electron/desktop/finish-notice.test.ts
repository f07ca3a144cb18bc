import { describe, expect, it } from 'vitest';
import type { DownloadTotals } from '../../../electron/contract/download.ts';
import { downloadStates } from '../../../electron/contract/download-state.ts';
import { createFinishNotice } from '../../../electron/desktop/finish-notice.ts';
import { workDone } from '../../../electron/desktop/taskbar.ts';

type Counts = Partial<DownloadTotals['count']>;

const totals = (count: Counts, receivedBytes = 0, totalBytes = 0): DownloadTotals => ({
  count: { ...zero, ...count },
  receivedBytes,
  totalBytes,
  speed: 0,
});
const zero = Object.fromEntries(downloadStates.map((state) => [state, 0])) as DownloadTotals['count'];

function told(...steps: Counts[]): string[] {
  const sentences: string[] = [];
  const watch = createFinishNotice((sentence) => sentences.push(sentence));
  for (const step of steps) watch(totals(step));
  return sentences;
}

describe('the notice when a batch is through', () => {
  it('is given once, when the last file ends', () => {
    expect(told({ waiting: 2 }, { downloading: 1, done: 1 }, { done: 2 }, { done: 2 })).toEqual([
      '2 files downloaded.',
    ]);
  });

  it('counts only this batch', () => {
    expect(told({ done: 5 }, { done: 5, waiting: 1 }, { done: 6 })).toEqual(['1 file downloaded.']);
  });

  it('says what failed', () => {
    expect(told({ waiting: 3 }, { done: 2, failed: 1 })).toEqual([
      '2 files downloaded, 1 file could not be downloaded.',
    ]);
  });

  it('counts what was cleared off the list meanwhile', () => {
    expect(told({ done: 4, waiting: 3 }, { done: 6, waiting: 1 }, { waiting: 1 }, { done: 1 })).toEqual([
      '3 files downloaded.',
    ]);
  });

  it('does not count a failure that was tried again', () => {
    expect(told({ waiting: 2 }, { waiting: 1, failed: 1 }, { waiting: 2 }, { done: 2 })).toEqual([
      '2 files downloaded.',
    ]);
    expect(told({ failed: 1, waiting: 1 }, { waiting: 2 }, { done: 2 })).toEqual(['2 files downloaded.']);
  });

  it('is not given for a batch that was paused or cancelled', () => {
    expect(told({ waiting: 2 }, { paused: 2 })).toEqual([]);
    expect(told({ waiting: 2 }, { cancelled: 2 })).toEqual([]);
  });
});

describe('progress on the taskbar', () => {
  it('is the share of bytes while something runs', () => {
    expect(workDone(totals({ downloading: 1, waiting: 1 }, 25, 100))).toBe(0.25);
  });

  it('is none when nothing runs, however much is unfinished', () => {
    expect(workDone(totals({ paused: 3, failed: 1 }, 10, 100))).toBeNull();
  });

  it('never passes the end when a file is larger than announced', () => {
    expect(workDone(totals({ downloading: 1 }, 300, 100))).toBe(1);
  });
});
