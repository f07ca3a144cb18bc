import { Badge, Menu, UnstyledButton } from '@mantine/core';
import { IconLogout, IconSelector, IconUserCircle } from '@tabler/icons-react';
import type { AccountState } from '../../electron/contract/account.ts';
import { useSignOut } from '../features/sign-in/use-sign-out.ts';
import { hostOf } from '../words/server-address.ts';
import classes from './account-menu.module.css';

type SignedIn = Extract<AccountState, { status: 'signed-in' }>;

/** Who is signed in, and where; opens a menu to sign out. */
export function AccountMenu({ account }: { account: SignedIn }) {
  const { signOut, busy } = useSignOut();
  return (
    <Menu position="top-start" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <IconUserCircle size={20} stroke={1.75} aria-hidden className={classes.picture} />
          <span className={classes.text}>
            <span className={classes.name} title={account.accountName}>
              {account.accountName}
            </span>
            {account.demo ? (
              <Badge size="sm" variant="default" className={classes.badge ?? ''}>
                Sample data
              </Badge>
            ) : (
              <span className={classes.server} title={account.serverAddress}>
                {hostOf(account.serverAddress)}
              </span>
            )}
          </span>
          <IconSelector size={16} aria-hidden className={classes.selector} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          disabled={busy}
          onClick={() => void signOut()}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
