import { IconClockExclamation } from '@tabler/icons-react';
import { clockText } from '../words/account-text.ts';
import classes from './offline-banner.module.css';

/** Says when this computer's clock is wrong. `offMs`: how far the service's is ahead, in milliseconds. */
export function ClockBanner({ offMs }: { offMs: number }) {
  const text = clockText(offMs);
  return (
    <div role="status">
      {text !== null && (
        <div className={classes.banner}>
          <IconClockExclamation size={18} stroke={1.75} aria-hidden />
          {text}
        </div>
      )}
    </div>
  );
}
