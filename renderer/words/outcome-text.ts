import type { DownloadNote } from '../../electron/contract/download.ts';
import type { CheckResult, HistoryEntry, Outcome } from '../../electron/contract/history.ts';
import type { StatusWords, Tone } from './download-status.ts';
import { shortFailure } from './failure-text.ts';
import { formatLocalDay } from './format-date.ts';

/** The outcomes by themselves, as in a filter. */
export const outcomeLabels: Record<Outcome, string> = {
  verified: 'Verified',
  unverified: 'Downloaded (no checksum to verify)',
  'already-there': 'Already there',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const outcomeTones: Record<Outcome, Tone> = {
  verified: 'good',
  unverified: 'good',
  'already-there': 'good',
  failed: 'bad',
  cancelled: 'neutral',
};

interface CheckWords {
  readonly label: string;
  readonly sentence: string;
  readonly tone: Tone;
}

/** What "Check again" found: words to go before the day of the check, and a sentence for the moment. */
export const checkWords: Record<CheckResult, CheckWords> = {
  same: {
    label: 'Unchanged on',
    sentence: 'The file on disk is exactly what was downloaded.',
    tone: 'good',
  },
  changed: {
    label: 'Found changed on',
    sentence: 'The file on disk has been changed since it was downloaded.',
    tone: 'bad',
  },
  missing: {
    label: 'Missing on',
    sentence: 'The file is no longer where it was saved. It was moved, renamed or deleted.',
    tone: 'bad',
  },
  unreadable: {
    label: 'Unreadable on',
    sentence: 'The file is there but could not be read. Another program may be using it.',
    tone: 'attention',
  },
};

/** Words for the notes that a finished file may carry. */
export const noteText: Record<DownloadNote, string> = {
  'no-checksum': 'The service gave no checksum, so only the size could be checked.',
  'list-may-be-incomplete': 'The file says that it lists more rows than it holds. It may be incomplete.',
};

/** How a download of the history ended, and what a later check found. */
export function outcomeStatus(entry: HistoryEntry): StatusWords {
  const { outcome, failureCode, lastCheck } = entry;
  const label =
    outcome === 'failed' && failureCode !== null
      ? `Failed: ${shortFailure(failureCode)}`
      : outcomeLabels[outcome];
  if (lastCheck === null) return { label, detail: null, tone: outcomeTones[outcome] };
  const check = checkWords[lastCheck.result];
  return {
    label,
    detail: `${check.label} ${formatLocalDay(lastCheck.at)}`,
    tone: check.tone === 'good' ? outcomeTones[outcome] : check.tone,
  };
}
