import type { Outcome } from '../contract/history.ts';
import type { EndedFile } from './follow-files.ts';
import { formatDuration, formatSize, plural } from './format.ts';
import { outcomeWords } from './outcome-words.ts';

/** How many files ended how. */
export interface Tally {
  readonly count: Readonly<Record<Outcome, number>>;
  /** Of those that failed: files for which the service has no records. */
  readonly noData: number;
  /** Bytes that were downloaded. */
  readonly bytes: number;
}

export const emptyTally: Tally = {
  count: { verified: 0, unverified: 0, 'already-there': 0, failed: 0, cancelled: 0 },
  noData: 0,
  bytes: 0,
};

export const countIn = ({ count, noData, bytes }: Tally, { outcome, ...file }: EndedFile): Tally => ({
  count: { ...count, [outcome]: count[outcome] + 1 },
  noData: noData + (file.failure === 'no-data' ? 1 : 0),
  bytes: bytes + file.bytes,
});

/** True where there was something to get, and the service has no records for any of it. */
export const hadNothing = ({ count, noData }: Tally): boolean =>
  noData > 0 && Object.values(count).reduce((sum, files) => sum + files) === noData;

/** True where everything came that there was: days without records are no failure of a longer period. */
export const isFine = (tally: Tally): boolean =>
  tally.count.failed === tally.noData && tally.count.cancelled === 0 && !hadNothing(tally);

/** `30 verified, 1 failed, 1 without records, 2 left; 346 MB in 12 s`. */
export function tallyText({ count, noData, bytes }: Tally, left: number, ms: number): string {
  const shown = Object.entries({ ...count, failed: count.failed - noData });
  const counts = Object.entries(outcomeWords).flatMap(([outcome, words]) => {
    const files = shown.find(([name]) => name === outcome)?.[1] ?? 0;
    return files === 0 ? [] : [`${files} ${words}`];
  });
  if (noData > 0) counts.push(`${noData} without records`);
  const parts = left === 0 ? counts : [...counts, `${left} left for the next time`];
  return `${parts.length === 0 ? plural(0, 'file') : parts.join(', ')}; ${formatSize(bytes)} in ${formatDuration(ms)}`;
}
