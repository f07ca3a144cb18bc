import { Button } from '@mantine/core';
import type { KnownAccount } from '../../../electron/contract/account.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { FolderField } from './folder-field.tsx';
import { Setting } from './setting.tsx';
import { useSaveAccount } from './use-save.ts';

interface OwnFolderSettingProps {
  readonly account: KnownAccount;
  readonly settings: SettingsView;
}

/** Where the files of one account go. */
export function OwnFolderSetting({ account: { key, folder }, settings }: OwnFolderSettingProps) {
  const cdr = useCdr();
  const { save, saved, failure } = useSaveAccount();
  return (
    <Setting saved={saved} failure={failure}>
      <FolderField
        folder={folder ?? settings.commonFolder}
        help={folder === null ? 'As for all accounts.' : 'For this account alone.'}
        onChange={() => void save(() => cdr.account.chooseFolder({ key }))}
      >
        {folder !== null && (
          <Button
            variant="default"
            onClick={() => void save(() => cdr.account.change({ key, change: { folder: null } }))}
          >
            As for all
          </Button>
        )}
      </FolderField>
    </Setting>
  );
}
