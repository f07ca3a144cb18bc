import { useMemo } from 'react';
import { useStore } from 'zustand';
import { accountNames, type Named } from '../words/account-text.ts';
import { useSharedStore } from './cdr-context.tsx';
import { createSystemsStore } from './systems-store.ts';
import { useAccounts } from './use-accounts.ts';

/** What rows call the account that they are of. */
export function useAccountNames(): (row: Named) => string {
  const { accounts } = useAccounts();
  const systems = useStore(useSharedStore(createSystemsStore), ({ value }) => value);
  return useMemo(() => accountNames(accounts, systems ?? []), [accounts, systems]);
}
