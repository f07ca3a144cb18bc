import { Button, Text } from '@mantine/core';
import type { KnownAccount } from '../../../electron/contract/account.ts';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { placeText } from '../../words/account-text.ts';
import { useAccountActions } from '../sign-in/use-account-actions.ts';
import { Setting } from './setting.tsx';
import classes from './settings.module.css';

/** The accounts that this computer knows, and the way in and out of each. */
export function AccountSetting() {
  const { accounts, account } = useAccounts();
  const { add, busy } = useAccountActions();
  return (
    <Setting saved={false} failure={null}>
      {accounts.length > 0 && (
        <ul className={classes.accounts} aria-label="Accounts">
          {accounts.map((one) => (
            <Account key={one.key} account={one} isOnly={accounts.length === 1} />
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed">
        {account === null
          ? 'Nobody is signed in.'
          : 'Signing out pauses downloads that are running and keeps them.'}
      </Text>
      <div>
        <Button size="xs" variant="default" disabled={busy} onClick={add}>
          Add an account…
        </Button>
      </div>
      {account?.notKept && <FailureAlert failure={account.notKept} />}
    </Setting>
  );
}

function Account({ account, isOnly }: { account: KnownAccount; isOnly: boolean }) {
  const { busy, signOut, signInAgain, forget } = useAccountActions();
  const { accountName } = account;
  const isIn = account.status === 'signed-in';
  /** One of several buttons says which account it is about. */
  const named = (label: string) => (isOnly ? {} : { 'aria-label': `${label}: ${accountName}` });
  return (
    <li className={classes.account}>
      <div className={classes.grows}>
        <Text size="sm" fw={500} truncate title={accountName}>
          {accountName}
        </Text>
        <Text size="xs" c="dimmed" truncate title={account.serverAddress}>
          {isIn ? placeText(account) : `Signed out, ${placeText(account)}`}
        </Text>
      </div>
      {isIn ? (
        <Button variant="default" loading={busy} {...named('Sign out')} onClick={() => void signOut(account)}>
          Sign out
        </Button>
      ) : (
        <>
          <Button variant="default" {...named('Forget')} loading={busy} onClick={() => void forget(account)}>
            Forget
          </Button>
          <Button variant="default" {...named('Sign in')} onClick={() => signInAgain(account)}>
            Sign in
          </Button>
        </>
      )}
    </li>
  );
}
