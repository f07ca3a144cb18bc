import type { Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import type { Session } from '../providers/provider.ts';
import { tryAgain } from './try-again.ts';

export interface LookUpOptions {
  readonly session: Session;
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** The values of a lookup field, in the order to show them. Failures that may pass are tried again. */
export const lookUp = (
  reportId: string,
  fieldId: string,
  { session, ...waiting }: LookUpOptions,
): Promise<Result<readonly string[]>> =>
  tryAgain(() => session.lookup(reportId, fieldId, waiting.signal), waiting);
