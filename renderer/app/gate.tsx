import { Center, Container, Loader } from '@mantine/core';
import { useStore } from 'zustand';
import { createAccountStore } from '../bridge/account-store.ts';
import { useSharedStore } from '../bridge/cdr-context.tsx';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { FailureAlert } from '../ui/failure-alert.tsx';
import { Shell } from './shell.tsx';

/** Lets in who is signed in, and asks everybody else to sign in. */
export function Gate() {
  const { value, failure, loading, reload } = useStore(useSharedStore(createAccountStore));
  if (value?.status === 'signed-in') return <Shell account={value} />;
  if (value?.status === 'signed-out') return <SignInPage failure={value.failure} />;
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
