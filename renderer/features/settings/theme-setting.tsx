import { Group, Radio } from '@mantine/core';
import type { Settings, SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { Setting } from './setting.tsx';
import { useSave } from './use-save.ts';

const labels: Record<Settings['theme'], string> = { system: 'System', light: 'Light', dark: 'Dark' };

const isTheme = (value: string): value is Settings['theme'] => value in labels;

/** Light, dark, or as the system has it. The main process applies it to the whole window. */
export function ThemeSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { save, saved, failure } = useSave();
  return (
    <Setting saved={saved} failure={failure}>
      <Radio.Group
        label="Theme"
        value={settings.theme}
        onChange={(theme) => {
          if (isTheme(theme)) void save(() => cdr.settings.change({ theme }));
        }}
      >
        <Group mt={8} gap="lg">
          {Object.entries(labels).map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Group>
      </Radio.Group>
    </Setting>
  );
}
