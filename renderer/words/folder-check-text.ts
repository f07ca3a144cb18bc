import type {
  CheckedFile,
  FolderCheck,
  FolderCheckProgress,
  FolderCheckResult,
} from '../../electron/contract/manifest.ts';
import type { StatusWords, Tone } from './download-status.ts';
import { formatBytes, formatSize } from './format-bytes.ts';
import { formatMoment } from './format-date.ts';
import { formatCount, plural } from './plural.ts';

const labels: Record<FolderCheckResult, string> = {
  same: 'As downloaded',
  changed: 'Changed',
  missing: 'Missing',
  unreadable: 'Can’t be read',
  extra: 'Not in the manifest',
};

const tones: Record<FolderCheckResult, Tone> = {
  same: 'good',
  changed: 'bad',
  missing: 'bad',
  unreadable: 'bad',
  extra: 'neutral',
};

/** The results in the order to count them. */
const results: readonly FolderCheckResult[] = ['missing', 'changed', 'unreadable', 'extra', 'same'];

/** Two sizes that look the same when they are rounded are told to the byte. */
function sizesText(size: number, expected: number): string {
  if (size === expected) return 'Same size, other content';
  const [now, then] = [formatBytes(size), formatBytes(expected)];
  return now === then
    ? `${formatCount(size)} bytes now, ${formatCount(expected)} then`
    : `${now} now, ${then} then`;
}

/** What a check says of one file. */
export function checkedFileStatus({ result, size, sizeExpected }: CheckedFile): StatusWords {
  const known = size ?? sizeExpected;
  const detail =
    result === 'changed' && size !== null && sizeExpected !== null
      ? sizesText(size, sizeExpected)
      : known === null
        ? null
        : formatSize(known);
  return { label: labels[result], tone: tones[result], detail };
}

const listedCount = ({ count }: FolderCheck): number =>
  count.same + count.changed + count.missing + count.unreadable;

/** True where every file that the manifest lists is as it was downloaded. */
export const isAsDownloaded = (check: FolderCheck): boolean => listedCount(check) === check.count.same;

/** How a check ended, in one sentence. Files that are not in the manifest are no fault. */
export function checkHeadline(check: FolderCheck): string {
  const listed = listedCount(check);
  const wrong = listed - check.count.same;
  if (listed === 0) return 'The manifest lists no files.';
  if (wrong === 0) {
    return listed === 1
      ? 'The one file is as it was downloaded.'
      : `All ${formatCount(listed)} files are as they were downloaded.`;
  }
  return wrong === 1
    ? `1 of ${plural(listed, 'file')} is not as it was downloaded.`
    : `${formatCount(wrong)} of ${plural(listed, 'file')} are not as they were downloaded.`;
}

/** How many files there are of each result, those first that matter most: `2 missing`. None of a result is left out. */
export const checkCounts = ({ count }: FolderCheck): readonly { text: string; tone: Tone }[] =>
  results
    .filter((result) => count[result] > 0)
    .map((result) => ({
      text: `${formatCount(count[result])} ${labels[result].toLowerCase()}`,
      tone: tones[result],
    }));

/** How far a check is: `12 of 31 files, 1.2 GB of 3.4 GB`. */
export const checkProgressText = ({ files, filesInAll, bytes, bytesInAll }: FolderCheckProgress): string =>
  `${formatCount(files)} of ${plural(filesInAll, 'file')}, ${formatBytes(bytes)} of ${formatBytes(bytesInAll)}`;

/** How far a check is, in per cent from 0 to 100: by bytes, or by files where there is nothing to read. */
export function checkPercent({ files, filesInAll, bytes, bytesInAll }: FolderCheckProgress): number {
  const [done, all] = bytesInAll > 0 ? [bytes, bytesInAll] : [files, filesInAll];
  return all > 0 ? Math.min(100, (done / all) * 100) : 0;
}

const oneCell = (text: string): string => text.replace(/[\t\r\n]/g, ' ');

const copiedLine = ({ name, result, sizeExpected, size }: CheckedFile): string =>
  [labels[result], oneCell(name), sizeExpected ?? '', size ?? ''].join('\t');

/**
 * The outcome as text to paste into a message or a sheet: columns are parted by tabs, sizes are bytes. `checkedAt`:
 * milliseconds since 1970, UTC. At most `most` characters: what is left out of the list is counted in its last line.
 */
export function copiedCheck(check: FolderCheck, checkedAt: number, most: number): string {
  const head = [
    `Folder\t${oneCell(check.folder)}`,
    `Checked\t${formatMoment(checkedAt)}`,
    checkHeadline(check),
    '',
    'Result\tName\tBytes in the manifest\tBytes now',
  ];
  const lines = check.differences.map(copiedLine);
  const whole = [...head, ...lines].join('\n');
  if (whole.length <= most) return whole;
  const moreLine = (kept: number) => `and ${formatCount(lines.length - kept)} more`;
  let length = [...head, moreLine(0)].join('\n').length;
  let kept = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > most) break;
    kept += 1;
  }
  return [...head, ...lines.slice(0, kept), moreLine(kept)].join('\n');
}
