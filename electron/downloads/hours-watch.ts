/** Sees to it that downloads run within their hours only. */
import type { Hours } from '../contract/settings.ts';
import type { Clock } from '../lib/clock.ts';
import { createAlarm } from './alarm.ts';
import { isWithin, nextChange } from './working-hours.ts';

export interface HoursWatch {
  /** When downloads may run again (milliseconds since 1970, UTC); null: they may run now. */
  readonly closedUntil: number | null;
  /** To be called at the start, and when the hours may have been set anew. */
  look(): void;
  close(): void;
}

export interface HoursWatchOptions {
  readonly clock: Clock;
  /** Null: at any time. */
  readonly hours: () => Hours | null;
  /** Called with each look, and at the latest a minute after the last. */
  readonly onOpen: () => void;
  readonly onClosed: () => void;
}

export function createHoursWatch({ clock, hours, onOpen, onClosed }: HoursWatchOptions): HoursWatch {
  const alarm = createAlarm(clock, look);
  let closedUntil: number | null = null;

  function look(): void {
    const now = clock.now();
    const set = hours();
    const change = set && nextChange(set, now);
    closedUntil = set && !isWithin(set, now) ? change : null;
    alarm.setFor(change);
    if (closedUntil === null) onOpen();
    else onClosed();
  }

  return {
    get closedUntil() {
      return closedUntil;
    },
    look,
    close: () => alarm.setFor(null),
  };
}
