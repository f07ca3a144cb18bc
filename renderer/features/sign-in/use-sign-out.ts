import { useState } from 'react';
import { useLocation } from 'wouter';
import { createAccountStore } from '../../bridge/account-store.ts';
import { useCdr, useSharedStore } from '../../bridge/cdr-context.tsx';
import { orNotify } from '../../ui/notify.tsx';

/** Signs out; whoever signs in next begins at the first screen. */
export function useSignOut() {
  const cdr = useCdr();
  const account = useSharedStore(createAccountStore);
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const signOut = async () => {
    setBusy(true);
    const state = await orNotify(cdr.account.signOut());
    setBusy(false);
    if (state === null) return;
    navigate('/');
    account.getState().accept(state);
  };
  return { signOut, busy };
}
