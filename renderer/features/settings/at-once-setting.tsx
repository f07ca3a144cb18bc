import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { MOST_AT_ONCE, type SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { Setting } from './setting.tsx';
import { useSave } from './use-save.ts';

const isAllowed = (value: string | number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_AT_ONCE;

/** How many files are downloaded at the same time. */
export function AtOnceSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { saveSoon, saved, failure } = useSave();
  const [typed, setTyped] = useState<string | number>(settings.atOnce);
  return (
    <Setting saved={saved} failure={failure}>
      <NumberInput
        label="Files at once"
        description={`From 1 to ${MOST_AT_ONCE}. More is not always faster: the service allows ${MOST_AT_ONCE} connections for everything together.`}
        w={320}
        min={1}
        max={MOST_AT_ONCE}
        allowDecimal={false}
        value={typed}
        error={isAllowed(typed) ? undefined : `Type a number from 1 to ${MOST_AT_ONCE}.`}
        onChange={(value) => {
          setTyped(value);
          if (isAllowed(value)) saveSoon(() => cdr.settings.change({ atOnce: value }));
        }}
      />
    </Setting>
  );
}
