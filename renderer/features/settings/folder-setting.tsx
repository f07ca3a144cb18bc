import { Button, TextInput } from '@mantine/core';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { Setting } from './setting.tsx';
import classes from './settings.module.css';
import { useSave } from './use-save.ts';

/** Where files go. */
export function FolderSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { save, saved, failure } = useSave();
  return (
    <Setting saved={saved} failure={failure}>
      <div className={classes.withButton}>
        <TextInput
          className={classes.grows ?? ''}
          label="Folder"
          readOnly
          value={settings.effectiveFolder}
          title={settings.effectiveFolder}
        />
        <Button variant="default" onClick={() => void save(() => cdr.settings.chooseFolder())}>
          Change
        </Button>
      </div>
    </Setting>
  );
}
