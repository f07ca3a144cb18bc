import { Button, Text } from '@mantine/core';
import { useStore } from 'zustand';
import { createAccountStore } from '../../bridge/account-store.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { useSignOut } from '../sign-in/use-sign-out.ts';
import { Setting } from './setting.tsx';
import classes from './settings.module.css';

/** Who is signed in, and the way out. */
export function AccountSetting() {
  const account = useStore(useSharedStore(createAccountStore), ({ value }) => value);
  const { signOut, busy } = useSignOut();
  if (account?.status !== 'signed-in') return null;
  return (
    <Setting saved={false} failure={null}>
      <div className={classes.account}>
        <div className={classes.grows}>
          <Text size="sm" fw={500} truncate title={account.accountName}>
            {account.accountName}
          </Text>
          <Text size="xs" c="dimmed" truncate title={account.serverAddress}>
            {account.demo
              ? 'Sample data on this computer'
              : `${account.providerLabel}, ${account.serverAddress}`}
          </Text>
        </div>
        <Button variant="default" loading={busy} onClick={() => void signOut()}>
          Sign out
        </Button>
      </div>
      <Text size="xs" c="dimmed">
        Signing out pauses downloads that are running and keeps them.
      </Text>
      {account.notKept && <FailureAlert failure={account.notKept} />}
    </Setting>
  );
}
