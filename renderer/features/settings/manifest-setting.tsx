import { Switch } from '@mantine/core';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { Setting } from './setting.tsx';
import { useSave } from './use-save.ts';

/** Whether a list of what was downloaded is left beside the files. */
export function ManifestSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { save, saved, failure } = useSave();
  return (
    <Setting saved={saved} failure={failure}>
      <Switch
        label="Leave a manifest"
        description="Put a manifest.csv beside the files: a list with sizes and checksums that you or an auditor can check later, with “Check a folder” under History."
        checked={settings.leaveManifest}
        onChange={(event) =>
          void save(() => cdr.settings.change({ leaveManifest: event.currentTarget.checked }))
        }
      />
    </Setting>
  );
}
