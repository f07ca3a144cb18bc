import type { CheckResult, HistoryEntry, Outcome } from '../../electron/contract/history.ts';
import type { StatusWords, Tone } from './download-status.ts';
import { shortFailure } from './failure-text.ts';
import { formatLocalDay } from './format-date.ts';
import { needsAttention, shortNotes } from './note-text.ts';

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

function outcomeLabel({ outcome, failureCode }: HistoryEntry, hasNotes: boolean): string {
  if (outcome === 'failed' && failureCode !== null) return `Failed: ${shortFailure(failureCode)}`;
  // The note on the checksum gives way to others, for which there would be no room beside it.
  return outcome === 'unverified' && hasNotes ? 'Downloaded' : outcomeLabels[outcome];
}

/** How a download of the history ended, what there is to know about it, and what a later check found. */
export function outcomeStatus(entry: HistoryEntry): StatusWords {
  const { outcome, lastCheck, notes } = entry;
  const known = shortNotes(notes);
  const label = outcomeLabel(entry, known !== null);
  const ended = outcomeTones[outcome];
  const tone = ended === 'good' && needsAttention(notes) ? 'attention' : ended;
  if (lastCheck === null) return { label, detail: known, tone };
  const check = checkWords[lastCheck.result];
  const found = `${check.label} ${formatLocalDay(lastCheck.at)}`;
  return {
    label,
    detail: known === null ? found : `${found} · ${known}`,
    tone: check.tone === 'good' ? tone : check.tone,
  };
}
