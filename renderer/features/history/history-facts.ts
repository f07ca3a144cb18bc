import type { HistoryEntry } from '../../../electron/contract/history.ts';
import { formatBytes } from '../../words/format-bytes.ts';
import { formatKeptPeriod, formatMoment } from '../../words/format-date.ts';
import { formatDuration } from '../../words/format-duration.ts';
import { noteFacts } from '../../words/note-text.ts';
import { formatCount } from '../../words/plural.ts';

const exactBytes = (bytes: number | null): string =>
  bytes === null
    ? 'not known'
    : bytes < 1000
      ? formatBytes(bytes)
      : `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;

/** Everything the history holds about one download, in the order to show it. `account`: what its account is called. */
export function historyFacts(
  entry: HistoryEntry,
  account: string,
): (readonly [name: string, fact: string])[] {
  return [
    ...noteFacts(entry.notes),
    ['Report', entry.reportTitle],
    ...(entry.period === null ? [] : [['Period', formatKeptPeriod(entry.period)] as const]),
    ['Account', account],
    ['Saved as', entry.path],
    ['Started', formatMoment(entry.startedAt)],
    ['Ended', formatMoment(entry.endedAt)],
    ['Took', formatDuration(entry.endedAt - entry.startedAt)],
    ['Size announced', exactBytes(entry.sizeExpected)],
    ['Size arrived', exactBytes(entry.size)],
    ['Checksum (MD5) announced', entry.md5Expected ?? 'none given'],
    ['Checksum (MD5) found', entry.md5 ?? 'not known'],
    ['Attempts', formatCount(entry.attempts)],
  ];
}
