import { Center, Container, Loader } from '@mantine/core';
import { useStore } from 'zustand';
import { currentAccount } from '../../electron/contract/account.ts';
import { createAccountStore } from '../bridge/account-store.ts';
import { useSharedStore } from '../bridge/cdr-context.tsx';
import { FailureAlert } from '../ui/failure-alert.tsx';
import { Shell } from './shell.tsx';
import { SignedOut } from './signed-out.tsx';

/** Lets in who is signed in, and asks everybody else to sign in. What needs no sign-in is there for both. */
export function Gate() {
  const { value, failure, loading, reload } = useStore(useSharedStore(createAccountStore));
  if (value !== null) {
    const account = currentAccount(value);
    return account ? <Shell account={account} /> : <SignedOut />;
  }
  return (
    <Center h="100%">
      {failure === null ? (
        <Loader aria-label="Starting" />
      ) : (
        <Container size="xs">
          <FailureAlert
            failure={failure}
            action={{ label: 'Try again', onClick: () => void reload(), busy: loading }}
          />
        </Container>
      )}
    </Center>
  );
}
