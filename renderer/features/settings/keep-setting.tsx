import { Checkbox } from '@mantine/core';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { Setting } from './setting.tsx';
import { useSave } from './use-save.ts';

function explanation(settings: SettingsView, keptNow: boolean): string {
  if (!settings.canKeepPassword) {
    return 'This computer offers no safe place to keep a password, so it is asked for at every start.';
  }
  if (keptNow)
    return 'The password is kept with this computer’s own encryption, and removed when you sign out.';
  return 'Takes effect the next time you sign in. The password is then kept with this computer’s own encryption.';
}

/** Whether the password is kept. */
export function KeepSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { save, saved, failure } = useSave();
  const keptNow = useAccounts().account?.kept ?? false;
  return (
    <Setting saved={saved} failure={failure}>
      <Checkbox
        label="Keep me signed in on this computer"
        description={explanation(settings, keptNow)}
        disabled={!settings.canKeepPassword}
        checked={settings.keepSignedIn && settings.canKeepPassword}
        onChange={(event) =>
          void save(() => cdr.settings.change({ keepSignedIn: event.currentTarget.checked }))
        }
      />
    </Setting>
  );
}
