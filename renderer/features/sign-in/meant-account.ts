import type { AccountState, KnownAccount } from '../../../electron/contract/account.ts';

/**
 * The account that the sign-in form is about; null: a new one. `chosen`: its key, empty for a new one, null when nobody
 * has chosen. Then it is the one that the service has signed out, or the one of the system that was used last, unless
 * others are signed in.
 */
export function meantAccount(
  { accounts, current, failure }: AccountState,
  chosen: string | null,
  lastProvider: string | null,
): KnownAccount | null {
  if (chosen !== null) return accounts.find(({ key }) => key === chosen) ?? null;
  if (current !== null) return null;
  const lost = failure === null ? undefined : accounts.findLast((one) => one.failure !== null);
  return lost ?? accounts.findLast(({ provider }) => provider === lastProvider) ?? null;
}
