import type { DownloadHold } from '../../electron/contract/download.ts';
import type { Hours } from '../../electron/contract/settings.ts';
import { failureText } from './failure-text.ts';
import { formatComing, formatTimeOfDay } from './format-date.ts';

/** Why nothing is started, and what comes of it. */
export interface HoldWords {
  /** What is the matter. Stays the same for as long as it is. */
  readonly headline: string;
  /** When it goes on, and what the person can look at meanwhile. */
  readonly next: string;
}

const hoursHeadline = (hours: Hours | null): string =>
  hours === null
    ? 'Downloads wait for their hours.'
    : `Downloads run between ${formatTimeOfDay(hours.from)} and ${formatTimeOfDay(hours.to)}.`;

/**
 * The words for a hold. `hours`: as they are set; `now`: milliseconds since 1970, UTC; `account`: whose service can't be
 * reached, where there are several.
 */
export function holdText(
  hold: DownloadHold,
  hours: Hours | null,
  now: number,
  account: string | null = null,
): HoldWords {
  if (hold.reason === 'hours') {
    return {
      headline: hoursHeadline(hours),
      next: `They go on by themselves ${formatComing(hold.until, now)}.`,
    };
  }
  const nextTry =
    hold.nextTryAt > now ? `Next try ${formatComing(hold.nextTryAt, now)}.` : 'It is being tried again now.';
  return {
    headline: `The service ${account === null ? '' : `of ${account} `}can’t be reached right now.`,
    next: `${account === null ? 'Downloads' : 'Its downloads'} wait and go on by themselves. ${nextTry} ${failureText(hold.failure).next}`,
  };
}
