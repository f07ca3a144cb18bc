import { useState } from 'react';
import { useLocation } from 'wouter';
import type { AccountState, KnownAccount } from '../../../electron/contract/account.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { createAccountStore } from '../../bridge/account-store.ts';
import { useCdr, useSharedStore } from '../../bridge/cdr-context.tsx';
import { orNotify } from '../../ui/notify.tsx';
import { createAgainStore } from './again-store.ts';

export const SIGN_IN_PATH = '/sign-in';

type ByKey = Pick<KnownAccount, 'key'>;

/** What can be done with the accounts that this computer knows. */
export function useAccountActions() {
  const cdr = useCdr();
  const account = useSharedStore(createAccountStore);
  const again = useSharedStore(createAgainStore);
  const [path, navigate] = useLocation();
  const [busy, setBusy] = useState(false);

  const change = async (answer: Promise<Result<AccountState>>): Promise<AccountState | null> => {
    setBusy(true);
    const state = await orNotify(answer);
    setBusy(false);
    return state;
  };
  const switchTo = async ({ key }: ByKey) => {
    const state = await change(cdr.account.switchTo({ key }));
    if (state === null) return;
    account.getState().accept(state);
    if (path === SIGN_IN_PATH) navigate('/');
  };
  /** Once the last one is out, whoever signs in next begins at the first screen. */
  const leave = async (answer: Promise<Result<AccountState>>) => {
    const wasIn = account.getState().value?.current !== null;
    const state = await change(answer);
    if (state === null) return;
    if (wasIn && state.current === null) navigate('/');
    account.getState().accept(state);
  };
  const openSignIn = (key: string | null) => {
    again.setState({ key });
    navigate(SIGN_IN_PATH);
  };
  return {
    busy,
    switchTo,
    signOut: ({ key }: ByKey) => leave(cdr.account.signOut({ key })),
    forget: ({ key }: ByKey) => leave(cdr.account.forget({ key })),
    add: () => openSignIn(null),
    signInAgain: ({ key }: ByKey) => openSignIn(key),
  };
}
