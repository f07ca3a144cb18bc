import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { addressProblem } from '../../words/server-address.ts';
import { Setting } from './setting.tsx';
import { useSave } from './use-save.ts';

/** The address that the sign-in screen offers. Saved when the field is left or Enter is pressed. */
export function ServerSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { save, saved, failure } = useSave();
  const [typed, setTyped] = useState(settings.serverAddress ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const finish = () => {
    const address = typed.trim() || null;
    const found = addressProblem(typed);
    setProblem(found);
    if (found === null && address !== settings.serverAddress) {
      void save(() => cdr.settings.change({ serverAddress: address }));
    }
  };
  return (
    <Setting saved={saved} failure={failure}>
      <TextInput
        label="Server address"
        description="Offered the next time you sign in to the system that you used last. Leave it empty for the usual address."
        placeholder={settings.defaultServerAddress}
        spellCheck={false}
        value={typed}
        error={problem}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish();
        }}
      />
    </Setting>
  );
}
