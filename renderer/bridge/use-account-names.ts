import { useMemo } from 'react';
import { accountNames, type Named } from '../words/account-text.ts';
import { useAccounts } from './use-accounts.ts';

/** What rows call the account that they are of. */
export function useAccountNames(): (row: Named) => string {
  const { accounts } = useAccounts();
  return useMemo(() => accountNames(accounts), [accounts]);
}
