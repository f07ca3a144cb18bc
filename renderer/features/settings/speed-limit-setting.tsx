import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { formatCount } from '../../words/plural.ts';
import { LimitChoice } from './limit-choice.tsx';
import { isSpeedLimit, LEAST_MEGABYTES, MOST_MEGABYTES, toBytes, toMegabytes } from './megabytes.ts';
import { Setting } from './setting.tsx';
import { useSave } from './use-save.ts';

/** To begin with, in MB/s: a file of 100 MB in twenty seconds, and room for others on most lines. */
const FIRST_LIMIT = 5;

/** How fast all downloads together may be. */
export function SpeedLimitSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { save, saveSoon, saved, failure } = useSave();
  const [typed, setTyped] = useState<string | number>(() =>
    settings.speedLimit === null ? FIRST_LIMIT : toMegabytes(settings.speedLimit),
  );
  const choose = (limited: boolean) => {
    const limit = isSpeedLimit(typed) ? typed : FIRST_LIMIT;
    setTyped(limit);
    void save(() => cdr.settings.change({ speedLimit: limited ? toBytes(limit) : null }));
  };
  return (
    <Setting saved={saved} failure={failure}>
      <LimitChoice
        label="Speed limit"
        help="For the whole queue together, however many files run at once. 1 MB is a million bytes."
        freeLabel="No limit"
        limitedLabel="At most"
        limited={settings.speedLimit !== null}
        onChange={choose}
      >
        <NumberInput
          aria-label="Speed limit in MB/s"
          w={150}
          min={LEAST_MEGABYTES}
          max={MOST_MEGABYTES}
          decimalScale={1}
          allowNegative={false}
          allowedDecimalSeparators={['.', ',']}
          suffix=" MB/s"
          value={typed}
          error={
            isSpeedLimit(typed)
              ? undefined
              : `Type a number from ${LEAST_MEGABYTES} to ${formatCount(MOST_MEGABYTES)}.`
          }
          onChange={(value) => {
            setTyped(value);
            if (isSpeedLimit(value)) saveSoon(() => cdr.settings.change({ speedLimit: toBytes(value) }));
          }}
        />
      </LimitChoice>
    </Setting>
  );
}
