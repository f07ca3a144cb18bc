import type { Download } from '../../electron/contract/download.ts';
import type { DownloadState } from '../../electron/contract/download-state.ts';
import { failureText } from './failure-text.ts';
import { formatMoment, formatTime } from './format-date.ts';
import { making, makingTimeText, waitsForTurn } from './making-text.ts';
import { needsAttention, shortNotes } from './note-text.ts';

/** How a status is coloured. Colour never stands alone: the words say the same. */
export type Tone = 'neutral' | 'busy' | 'good' | 'bad' | 'attention';

export interface StatusWords {
  readonly label: string;
  /** A second, smaller line. */
  readonly detail: string | null;
  readonly tone: Tone;
}

const HALF_DAY_MS = 12 * 3_600_000;

const status = (label: string, tone: Tone, detail: string | null = null): StatusWords => ({
  label,
  tone,
  detail,
});

function waiting(download: Download, now: number, account: string): StatusWords {
  if (download.needsSignIn) return status('Waiting', 'attention', `for a sign-in as ${account}`);
  const beingMade = making(download);
  if (beingMade && waitsForTurn(beingMade)) return status('Waiting', 'neutral', 'for its turn');
  if (beingMade) return status('Being made', 'busy', makingTimeText(beingMade));
  const { failure, nextTryAt } = download;
  const why = failure === null ? '' : `: ${failureText(failure).short}`;
  if (nextTryAt !== null && nextTryAt > now) {
    const when = nextTryAt - now > HALF_DAY_MS ? formatMoment(nextTryAt) : formatTime(nextTryAt);
    return status('Waiting', 'attention', `Next try at ${when}${why}`);
  }
  return failure === null
    ? status('Waiting', 'neutral')
    : status('Waiting', 'attention', `Next try soon${why}`);
}

/** The note on the checksum gives way to others, for which there would be no room beside it. */
function done({ notes }: Download): StatusWords {
  const detail = shortNotes(notes);
  const unverified = detail === null ? 'Downloaded (no checksum to verify)' : 'Downloaded';
  const label = notes.includes('no-checksum') ? unverified : 'Verified';
  return status(label, needsAttention(notes) ? 'attention' : 'good', detail);
}

const byState: Record<DownloadState, (download: Download, now: number, account: string) => StatusWords> = {
  waiting,
  downloading: () => status('Downloading', 'busy'),
  verifying: () => status('Verifying', 'busy'),
  paused: () => status('Paused', 'neutral'),
  done,
  'already-there': ({ notes }) => status('Already there', 'good', shortNotes(notes)),
  failed: ({ failure }) =>
    status(`Failed: ${failure === null ? 'no reason is known' : failureText(failure).short}`, 'bad'),
  cancelled: () => status('Cancelled', 'neutral'),
};

/** The status of a download in words. `now`: milliseconds since 1970, UTC; `account`: what to call its account. */
export const downloadStatus = (
  download: Download,
  now: number,
  account: string = download.accountName,
): StatusWords => byState[download.state](download, now, account);
