import { useState } from 'react';
import type { AccountState, SignIn } from '../../../electron/contract/account.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { createAccountStore } from '../../bridge/account-store.ts';
import { useCdr, useSharedStore } from '../../bridge/cdr-context.tsx';

export type Entering = 'signing-in' | 'starting-demo';

/** The ways in, one at a time. `refusal`: what the last try came to, until the next one. */
export function useSignIn(onDone: () => void) {
  const cdr = useCdr();
  const account = useSharedStore(createAccountStore);
  const [busy, setBusy] = useState<Entering | null>(null);
  const [refusal, setRefusal] = useState<Failure | null>(null);

  /** Answers with the failure; null: signed in, or stopped. */
  const enter = async (how: Entering, answer: Promise<Result<AccountState>>): Promise<Failure | null> => {
    setBusy(how);
    setRefusal(null);
    const result = await answer;
    setBusy(null);
    if (result.ok) {
      account.getState().accept(result.value);
      onDone();
      return null;
    }
    if (result.failure.code === 'cancelled') return null;
    setRefusal(result.failure);
    return result.failure;
  };
  return {
    busy,
    refusal,
    signIn: (input: SignIn) => enter('signing-in', cdr.account.signIn(input)),
    /** What the last try came to is not about what is asked now. */
    forget: () => setRefusal(null),
    startDemo: (provider: string) => enter('starting-demo', cdr.account.startDemo({ provider })),
    /** The try under way then ends as one that was stopped. */
    stop: () => void cdr.account.cancelSignIn(),
  };
}
