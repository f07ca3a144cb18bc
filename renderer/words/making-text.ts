import type { Download } from '../../electron/contract/download.ts';
import type { Failure } from '../../electron/contract/failure.ts';
import { formatForecast } from './format-duration.ts';
import { formatCount, plural } from './plural.ts';

/** The failure of a file that is being made, which is none: it is on its way. Null for every other row. */
export const making = ({ state, failure, needsSignIn }: Download): Failure | null =>
  state === 'waiting' && failure?.code === 'being-made' && !needsSignIn ? failure : null;

/** Whether nothing of it is made yet, since others have their turn first. */
export const waitsForTurn = ({ progress }: Failure): boolean => progress?.waits === true;

/** `14 of 60 parts`, `1 of 2 steps`; null where there is nothing to count. */
export function partsText({ progress }: Failure): string | null {
  if (progress === undefined || progress.total <= 1) return null;
  return `${formatCount(progress.done)} of ${plural(progress.total, progress.unit ?? 'part')}`;
}

/** Parts that are made, in per cent from 0 to 100; null where there are no parts to count. */
export function makingPercent({ progress }: Failure): number | null {
  if (progress === undefined || progress.total <= 1) return null;
  return Math.min(100, Math.floor((progress.done / progress.total) * 1000) / 10);
}

/** Milliseconds until it is made; null where nobody knows, as while others are made before it. */
export const makingMsLeft = (failure: Failure): number | null =>
  waitsForTurn(failure) ? null : (failure.progress?.msLeft ?? null);

/** `about 50 minutes left`; null where nobody knows. */
export function makingTimeText(failure: Failure): string | null {
  const msLeft = makingMsLeft(failure);
  return msLeft === null ? null : `${formatForecast(msLeft)} left`;
}

const lossText = ({ progress }: Failure): string | null =>
  progress?.answerLost
    ? 'The service’s answer was lost. It may be making the file already, so it is asked again only after some minutes.'
    : null;

const joined = (parts: readonly (string | null)[], by: string): string | null =>
  parts.filter((part) => part !== null).join(by) || null;

/** `14 of 60 parts, about 50 minutes left`, as far as it is known, and what was lost on the way. */
export const makingText = (failure: Failure): string | null =>
  joined([joined([partsText(failure), makingTimeText(failure)], ', '), lossText(failure)], '. ');
