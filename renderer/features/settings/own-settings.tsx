import { Text } from '@mantine/core';
import type { KnownAccount } from '../../../electron/contract/account.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { accountText, ownText } from '../../words/account-text.ts';
import { OwnAtOnceSetting } from './own-at-once-setting.tsx';
import { OwnFolderSetting } from './own-folder-setting.tsx';
import classes from './settings.module.css';

interface OwnSettingsProps {
  readonly accounts: readonly KnownAccount[];
  readonly current: string | null;
  readonly settings: SettingsView;
}

/** What is set for one account alone, for each of them. */
export function OwnSettings({ accounts, current, settings }: OwnSettingsProps) {
  return (
    <>
      <Text size="sm" c="dimmed" mb={10}>
        What you set here is for one account alone. Everything else is as set under Downloads.
      </Text>
      <ul className={classes.ownAccounts}>
        {accounts.map((account) => (
          <li key={account.key}>
            <OwnOfAccount account={account} isCurrent={account.key === current} settings={settings} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface OwnOfAccountProps {
  readonly account: KnownAccount;
  readonly isCurrent: boolean;
  readonly settings: SettingsView;
}

function OwnOfAccount({ account, isCurrent, settings }: OwnOfAccountProps) {
  const name = accountText(account);
  return (
    <Disclosure
      label={isCurrent ? `This account: ${name}` : name}
      note={ownText(account)}
      startsOpen={isCurrent}
    >
      <fieldset className={classes.own} aria-label={name}>
        <OwnFolderSetting account={account} settings={settings} />
        <OwnAtOnceSetting account={account} settings={settings} />
      </fieldset>
    </Disclosure>
  );
}
