import { useState } from 'react';
import { MOST_AT_ONCE, type SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { AtOnceInput } from './at-once-input.tsx';
import { Setting } from './setting.tsx';
import { useSave } from './use-save.ts';

/** How many files are downloaded at the same time. */
export function AtOnceSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { saveSoon, saved, failure } = useSave();
  const [typed, setTyped] = useState<string | number>(settings.atOnce);
  return (
    <Setting saved={saved} failure={failure}>
      <AtOnceInput
        label="Files at once"
        description={`From 1 to ${MOST_AT_ONCE}. More is not always faster: the service allows ${MOST_AT_ONCE} connections for everything together.`}
        w={320}
        typed={typed}
        onType={setTyped}
        onChange={(atOnce) => saveSoon(() => cdr.settings.change({ atOnce }))}
      />
    </Setting>
  );
}
