import { useEffect, useRef } from 'react';
import { useAccounts } from '../bridge/use-accounts.ts';
import { useAccountActions } from '../features/sign-in/use-account-actions.ts';
import { notifyFailureOf } from '../ui/notify.tsx';

/** Says so, once, when the service has signed one of several accounts out, and offers to sign in again. */
export function useLostAccounts(): void {
  const { accounts } = useAccounts();
  const { signInAgain } = useAccountActions();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const account of accounts) {
      const { key, failure, accountName } = account;
      if (failure === null) told.current.delete(key);
      else if (!told.current.has(key)) {
        told.current.add(key);
        notifyFailureOf(`${accountName} was signed out`, failure, {
          label: 'Sign in again',
          onClick: () => signInAgain(account),
        });
      }
    }
  }, [accounts, signInAgain]);
}
