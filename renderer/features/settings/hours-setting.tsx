import { TimeInput } from '@mantine/dates';
import { useState } from 'react';
import type { Hours, SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { hoursText } from '../../words/hours-text.ts';
import { LimitChoice } from './limit-choice.tsx';
import { Setting } from './setting.tsx';
import classes from './settings.module.css';
import { useSave } from './use-save.ts';

/** To begin with: the night, when nobody else needs the line. */
const NIGHT: Hours = { from: '19:00', to: '07:00' };

const isWhole = ({ from, to }: Hours): boolean => from !== '' && to !== '';

function help(limited: boolean, hours: Hours): string {
  if (!limited) return 'Choose hours to keep downloads out of the working day.';
  if (!isWhole(hours)) return 'Type both times.';
  return `Downloads run ${hoursText(hours)}. Outside these hours they wait, unless you press “Start now” beside one.`;
}

/** At what time of day downloads may run. A field is empty while its time is not typed whole. */
export function HoursSetting({ settings }: { settings: SettingsView }) {
  const cdr = useCdr();
  const { save, saveSoon, saved, failure } = useSave();
  const [typed, setTyped] = useState<Hours>(settings.hours ?? NIGHT);
  const limited = settings.hours !== null;
  const choose = (wanted: boolean) => {
    const hours = isWhole(typed) ? typed : NIGHT;
    setTyped(hours);
    void save(() => cdr.settings.change({ hours: wanted ? hours : null }));
  };
  const field = (end: 'from' | 'to', label: string) => (
    <TimeInput
      aria-label={label}
      w={118}
      value={typed[end]}
      error={typed[end] === ''}
      onChange={(event) => {
        const hours = { ...typed, [end]: event.currentTarget.value };
        setTyped(hours);
        if (isWhole(hours)) saveSoon(() => cdr.settings.change({ hours }));
      }}
    />
  );
  return (
    <Setting saved={saved} failure={failure}>
      <LimitChoice
        label="Hours"
        help={help(limited, typed)}
        freeLabel="At any time"
        limitedLabel="Between"
        limited={limited}
        onChange={choose}
      >
        {field('from', 'From')}
        <span className={classes.limitWord}>and</span>
        {field('to', 'To')}
      </LimitChoice>
    </Setting>
  );
}
