import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconClockPause,
  IconPoint,
  IconProgress,
} from '@tabler/icons-react';
import type { StatusWords, Tone } from '../words/download-status.ts';
import classes from './status-text.module.css';

const icons: Record<Tone, Icon> = {
  neutral: IconPoint,
  busy: IconProgress,
  good: IconCircleCheck,
  bad: IconAlertTriangle,
  attention: IconClockPause,
};

/** A status in words, with an icon and a colour that say the same, and a smaller second line where there is one. */
export function StatusText({ status }: { status: StatusWords }) {
  const Picture = icons[status.tone];
  return (
    <div className={classes.status} data-tone={status.tone} data-lines={status.detail === null ? 1 : 2}>
      <Picture size={16} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <div className={classes.label} title={status.label}>
          {status.label}
        </div>
        {status.detail && (
          <div className={classes.detail} title={status.detail}>
            {status.detail}
          </div>
        )}
      </div>
    </div>
  );
}
