import { IconHourglass } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { FoundFiles } from '../../../electron/contract/report.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { createSettingsStore } from '../../bridge/settings-store.ts';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { forecastText, openSizesText } from './found-words.ts';
import classes from './making-forecast.module.css';
import { useFind } from './use-find.ts';

interface MakingForecastProps {
  readonly found: Pick<FoundFiles, 'files' | 'filesAtOnce'>;
}

/** Of files that are made when they are downloaded: how long that takes, and what is not known yet. */
export function MakingForecast({ found: { files, filesAtOnce } }: MakingForecastProps) {
  const selected = useFind((state) => state.selected);
  const { account } = useAccounts();
  const wanted = useStore(useSharedStore(createSettingsStore), ({ value }) => value?.atOnce ?? 1);
  const atOnce = Math.min(wanted, account?.filesAtOnce ?? wanted, filesAtOnce ?? wanted);
  const forecast = forecastText(files, selected, atOnce);
  return (
    <div className={classes.forecast}>
      <IconHourglass size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <div role="status">
          {forecast !== '' && <strong>{forecast}</strong>}{' '}
          {forecast !== '' && 'It goes on by itself, also after a restart.'}
        </div>
        <div>
          {files.length === 1 ? 'It is made when you download it.' : 'They are made when you download them.'}{' '}
          {openSizesText(files)}
        </div>
      </div>
    </div>
  );
}
