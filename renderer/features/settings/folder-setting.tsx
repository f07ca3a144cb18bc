import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { FolderField } from './folder-field.tsx';
import { Setting } from './setting.tsx';
import { useSave } from './use-save.ts';

/** Where files go. */
export function FolderSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { save, saved, failure } = useSave();
  return (
    <Setting saved={saved} failure={failure}>
      <FolderField
        folder={settings.commonFolder}
        onChange={() => void save(() => cdr.settings.chooseCommonFolder())}
      />
    </Setting>
  );
}
