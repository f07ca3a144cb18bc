import type { FindProgress, FoundFile, FoundFiles } from '../../../electron/contract/report.ts';
import { formatBytes } from '../../words/format-bytes.ts';
import { formatPeriod, formatTime } from '../../words/format-date.ts';
import { formatForecast } from '../../words/format-duration.ts';
import { formatCount, plural } from '../../words/plural.ts';

/** Bytes of all files together; files of unknown size count as nothing, and are counted. */
export function sumSizes(files: readonly Pick<FoundFile, 'size'>[]): { bytes: number; unknown: number } {
  return files.reduce(
    ({ bytes, unknown }, { size }) =>
      size === null ? { bytes, unknown: unknown + 1 } : { bytes: bytes + size, unknown },
    { bytes: 0, unknown: 0 },
  );
}

/** `34.6 MB`, `at least 34.6 MB` where some sizes are unknown, nothing where all of them are. */
function sizeText(files: readonly Pick<FoundFile, 'size'>[]): string {
  const { bytes, unknown } = sumSizes(files);
  if (unknown === files.length) return '';
  return `, ${unknown > 0 ? 'at least ' : ''}${formatBytes(bytes)}`;
}

/** `31 files found, 34.6 MB`, or `31 files will be made` where they are not there before they are downloaded. */
export function foundText(files: readonly Pick<FoundFile, 'size'>[], madeOnDemand = false): string {
  if (files.length === 0) return 'No files found';
  return `${plural(files.length, 'file')} ${madeOnDemand ? 'will be made' : 'found'}${sizeText(files)}`;
}

/** Milliseconds until all are made, so many at a time: each begins, in its turn, where the first of the others is over. */
function untilAllAreMade(durations: readonly number[], atOnce: number): number {
  const ends: number[] = new Array(Math.min(atOnce, durations.length)).fill(0);
  for (const ms of durations) {
    const first = ends.indexOf(Math.min(...ends));
    ends[first] = (ends[first] ?? 0) + ms;
  }
  return Math.max(...ends);
}

/** Which files a forecast is about: all that are listed, or those that are ticked. */
function themText(ticked: number, listed: number): string {
  if (ticked < listed)
    return ticked === 1 ? 'the selected file' : `the ${formatCount(ticked)} selected files`;
  return ticked === 1 ? 'this file' : `these ${formatCount(ticked)} files`;
}

/**
 * How long the ticked files take to be made, `atOnce` of them side by side; nothing where none of them says how long it
 * takes.
 */
export function forecastText(
  files: readonly Pick<FoundFile, 'id' | 'makingMs'>[],
  selected: ReadonlySet<string>,
  atOnce: number,
): string {
  const ticked = files.filter(({ id }) => selected.has(id));
  const known = ticked.flatMap(({ makingMs }) => makingMs ?? []);
  if (known.length === 0) return '';
  const forecast = formatForecast(untilAllAreMade(known, atOnce));
  const them = themText(ticked.length, files.length);
  return known.length === ticked.length
    ? `Making ${them} takes ${forecast}.`
    : `Making ${them} takes ${forecast}, or more.`;
}

/** What is not known of files before they are made; nothing where all sizes are known. */
export function openSizesText(files: readonly Pick<FoundFile, 'size'>[]): string {
  const { unknown } = sumSizes(files);
  if (unknown === 0) return '';
  if (unknown < files.length)
    return `The size of ${formatCount(unknown)} of them is known when they are made.`;
  return files.length === 1
    ? 'Its size is known when it is made.'
    : 'Their sizes are known when they are made.';
}

/** What of the list is ticked; nothing while all of it is. */
export const selectedText = (
  files: readonly Pick<FoundFile, 'id' | 'size'>[],
  selected: ReadonlySet<string>,
): string => {
  if (selected.size === files.length) return '';
  const ticked = files.filter(({ id }) => selected.has(id));
  if (ticked.length === 0) return 'Tick at least one file to download it.';
  return `${formatCount(ticked.length)} of ${plural(files.length, 'file')} selected${sizeText(ticked)}`;
};

/** `Download 31 files`. */
export const downloadLabel = (count: number): string => `Download ${plural(count, 'file')}`;

/** What was asked for: the report in words and its period. */
export const titleText = ({ title, period }: Pick<FoundFiles, 'title' | 'period'>): string =>
  period === null ? title : `${title}, ${formatPeriod(period)}`;

/** `Looking: 1,200 of 3,400 files, part 3 of 12`. */
export function progressText(progress: FindProgress | null): string {
  if (progress === null) return 'Looking…';
  const { found, announced, parts, partsDone, nextTryAt } = progress;
  if (nextTryAt !== null) return `The service asked for a pause. Going on at ${formatTime(nextTryAt)}`;
  const files =
    announced === null
      ? `${plural(found, 'file')} so far`
      : `${formatCount(found)} of ${plural(announced, 'file')}`;
  const part =
    parts > 1 ? `, part ${formatCount(Math.min(partsDone + 1, parts))} of ${formatCount(parts)}` : '';
  return `Looking: ${files}${part}`;
}

/** Percent that is done, or null while it can't be told. */
export function progressPercent(progress: FindProgress | null): number | null {
  if (progress === null) return null;
  const { found, announced, parts, partsDone } = progress;
  if (parts > 1) return Math.min(100, (partsDone / parts) * 100);
  return announced === null || announced === 0 ? null : Math.min(100, (found / announced) * 100);
}
