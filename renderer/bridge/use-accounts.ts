import { useStore } from 'zustand';
import { type AccountState, currentAccount, type KnownAccount } from '../../electron/contract/account.ts';
import { createAccountStore } from './account-store.ts';
import { useSharedStore } from './cdr-context.tsx';

const nobody: AccountState = { accounts: [], current: null, failure: null };

/** The accounts that this computer knows, and the one that the screens are about. */
export function useAccounts(): AccountState & { readonly account: KnownAccount | null } {
  const state = useStore(useSharedStore(createAccountStore), ({ value }) => value) ?? nobody;
  return { ...state, account: currentAccount(state) };
}
