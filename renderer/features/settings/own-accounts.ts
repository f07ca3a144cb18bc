import type { AccountState, KnownAccount } from '../../../electron/contract/account.ts';

/**
 * The accounts to set something for one by one, the one that the screens are about first. None while there is only one
 * that has nothing of its own: what is set for all is set for it then. Sample data is as all.
 */
export function ownAccounts({
  accounts,
  current,
}: Pick<AccountState, 'accounts' | 'current'>): readonly KnownAccount[] {
  const real = accounts.filter(({ demo }) => !demo);
  const isAny = real.some(({ folder, filesAtOnce }) => folder !== null || filesAtOnce !== null);
  if (real.length < 2 && !isAny) return [];
  return [...real.filter(({ key }) => key === current), ...real.filter(({ key }) => key !== current)];
}
