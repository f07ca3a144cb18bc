import type { DownloadHold } from '../contract/download.ts';
import type { AccountPace } from './account-pace.ts';

export interface HoldQuestion {
  /** How many rows wait. */
  readonly waiting: number;
  /** When the hours begin (milliseconds since 1970, UTC); null: downloads may run now. */
  readonly closedUntil: number | null;
  /** Whether there is anything that may run outside the hours. */
  readonly isAnyInFront: () => boolean;
  /** Keys and names of the accounts that can be downloaded with. */
  readonly accounts: readonly (readonly [key: string, name: string])[];
  readonly pace: Pick<AccountPace, 'holdOf'>;
}

/** Why nothing is started although something waits; null: because all slots are taken, or only for single files. */
export function findHold(question: HoldQuestion): DownloadHold | null {
  const { waiting, closedUntil } = question;
  if (waiting === 0) return null;
  if (closedUntil === null) return findSilence(question);
  const hours: DownloadHold = { reason: 'hours', until: closedUntil };
  return question.isAnyInFront() ? (findSilence(question) ?? hours) : hours;
}

function findSilence({ accounts, pace }: HoldQuestion): DownloadHold | null {
  for (const [accountKey, accountName] of accounts) {
    const silence = pace.holdOf(accountKey);
    if (!silence) continue;
    const { failure, nextTryAt } = silence;
    return { reason: 'unreachable', accountKey, accountName, failure, nextTryAt };
  }
  return null;
}
