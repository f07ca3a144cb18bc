import type { Download, DownloadTotals } from '../../../electron/contract/download.ts';
import {
  type DownloadState,
  downloadStates,
  isActive,
  isFinished,
  mayCancel,
  mayPause,
  mayResume,
} from '../../../electron/contract/download-state.ts';
import { formatBytes, formatSpeed } from '../../words/format-bytes.ts';
import { formatDuration, timeLeft } from '../../words/format-duration.ts';
import { formatCount, plural } from '../../words/plural.ts';

const countWhere = (totals: DownloadTotals, fits: (state: DownloadState) => boolean): number =>
  downloadStates.filter(fits).reduce((sum, state) => sum + totals.count[state], 0);

/** Rows that the queue works on, or will, without being asked again. */
export const activeCount = (totals: DownloadTotals): number => countWhere(totals, isActive);
/** Rows that still have something to fetch: active or paused. */
export const unfinishedCount = (totals: DownloadTotals): number => activeCount(totals) + totals.count.paused;
export const pausableCount = (totals: DownloadTotals): number => countWhere(totals, mayPause);
export const resumableCount = (totals: DownloadTotals): number => countWhere(totals, mayResume);
export const cancellableCount = (totals: DownloadTotals): number => countWhere(totals, mayCancel);
export const finishedCount = (totals: DownloadTotals): number => countWhere(totals, isFinished);
const wantedCount = (totals: DownloadTotals): number => countWhere(totals, (state) => state !== 'cancelled');
const completeCount = (totals: DownloadTotals): number => totals.count.done + totals.count['already-there'];

/** Bytes arrived of bytes wanted, in per cent from 0 to 100, never rounded up to 100. */
export function percent(received: number, size: number | null): number {
  if (size === null || size === 0) return 0;
  return Math.min(100, Math.floor((received / size) * 1000) / 10);
}

/** Files that are here, checked or being checked. */
const arrivedCount = (totals: DownloadTotals): number => completeCount(totals) + totals.count.verifying;

/**
 * True while files are to come whose sizes are not in the total: all bytes that were announced are here. Bytes then
 * say nothing about what is left.
 */
const sizesAreOpen = (totals: DownloadTotals): boolean =>
  totals.receivedBytes >= totals.totalBytes && arrivedCount(totals) < wantedCount(totals);

/** The total progress in per cent: by bytes, or by files while the sizes of those to come are not known. */
export function totalPercent(totals: DownloadTotals): number {
  const wanted = wantedCount(totals);
  if (wanted > 0 && completeCount(totals) === wanted) return 100;
  return sizesAreOpen(totals)
    ? percent(arrivedCount(totals), wanted)
    : Math.min(99.9, percent(totals.receivedBytes, totals.totalBytes));
}

function bytesFigure(totals: DownloadTotals): string[] {
  const { receivedBytes, totalBytes } = totals;
  if (!sizesAreOpen(totals)) return [`${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`];
  return receivedBytes === 0 ? [] : [`${formatBytes(receivedBytes)} so far`];
}

/** The figures beside the total progress: `12 of 31 files`, `34.6 MB of 120 MB`, and while it runs speed and time left. */
export function totalFigures(totals: DownloadTotals): string[] {
  if (wantedCount(totals) === 0) return ['Nothing to download'];
  const left = sizesAreOpen(totals) ? null : timeLeft(totals.totalBytes, totals.receivedBytes, totals.speed);
  return [
    `${formatCount(completeCount(totals))} of ${plural(wantedCount(totals), 'file')}`,
    ...bytesFigure(totals),
    ...(totals.speed > 0 ? [formatSpeed(totals.speed)] : []),
    ...(left === null || activeCount(totals) === 0 ? [] : [`${formatDuration(left)} left`]),
  ];
}

/** Whether "Start now" does something for a row: it has yet to begin, or failed, and could begin. */
export const mayStartNow = ({ state, needsSignIn }: Download): boolean =>
  (state === 'waiting' || state === 'paused' || state === 'failed') && !needsSignIn;

/** The rows that wait for nothing but this account's service. */
export const waitingIds = (downloads: readonly Download[], accountKey: string): number[] =>
  downloads
    .filter((row) => row.state === 'waiting' && !row.needsSignIn && row.accountKey === accountKey)
    .map(({ id }) => id);

/** The failed rows by their reason, the most frequent first: one line for a hundred equal failures. */
export function failedByReason(downloads: readonly Download[]): { first: Download; ids: number[] }[] {
  const groups = new Map<string, { first: Download; ids: number[] }>();
  for (const download of downloads) {
    if (download.state !== 'failed') continue;
    const code = download.failure?.code ?? 'unexpected';
    const group = groups.get(code);
    if (group) group.ids.push(download.id);
    else groups.set(code, { first: download, ids: [download.id] });
  }
  return [...groups.values()].sort((a, b) => b.ids.length - a.ids.length);
}
