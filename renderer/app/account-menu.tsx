import { Badge, Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconLogout, IconPlus, IconSelector, IconUserCircle } from '@tabler/icons-react';
import type { KnownAccount } from '../../electron/contract/account.ts';
import { useAccounts } from '../bridge/use-accounts.ts';
import { useAccountActions } from '../features/sign-in/use-account-actions.ts';
import { placeText } from '../words/account-text.ts';
import classes from './account-menu.module.css';

/** Who is signed in, and where; opens a menu with all accounts, to switch, add one or sign out. */
export function AccountMenu({ account }: { account: KnownAccount }) {
  const { accounts } = useAccounts();
  const actions = useAccountActions();
  const choose = (key: string) => {
    const isOut = accounts.some((one) => one.key === key && one.status === 'signed-out');
    if (isOut) actions.signInAgain({ key });
    else if (key !== account.key) void actions.switchTo({ key });
  };
  return (
    <Menu position="top-start" width={280} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <IconUserCircle size={20} stroke={1.75} aria-hidden className={classes.picture} />
          <span className={classes.text}>
            <span className={classes.name} title={account.accountName}>
              {account.accountName}
            </span>
            <span className={classes.place} title={placeText(account)}>
              {account.demo ? account.providerLabel : placeText(account)}
            </span>
            {account.demo && (
              <Badge size="sm" variant="default" className={classes.badge ?? ''}>
                Sample data
              </Badge>
            )}
          </span>
          <IconSelector size={16} aria-hidden className={classes.selector} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        <Menu.RadioGroup value={account.key} onChange={choose}>
          {accounts.map((one) => (
            <AccountItem key={one.key} account={one} disabled={actions.busy} />
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={actions.add}>
          Add an account…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          disabled={actions.busy}
          onClick={() => void actions.signOut(account)}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountItem({ account, disabled }: { account: KnownAccount; disabled: boolean }) {
  const place = placeText(account);
  return (
    <Menu.RadioItem
      value={account.key}
      closeMenuOnClick
      disabled={disabled}
      checkIcon={<IconCheck size={16} aria-hidden />}
      classNames={{ itemLabel: classes.item ?? '' }}
    >
      <span className={classes.name} title={account.accountName}>
        {account.accountName}
      </span>
      <span className={classes.place} title={place}>
        {account.status === 'signed-out' ? `Signed out, ${place}` : place}
      </span>
    </Menu.RadioItem>
  );
}
