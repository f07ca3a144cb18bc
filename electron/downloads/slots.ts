/** First come, first served: which waiting row gets a free slot. */
import type { Clock } from '../lib/clock.ts';
import type { AccountPace } from './account-pace.ts';
import { createAlarm } from './alarm.ts';
import type { QueueStore } from './queue-store.ts';

export interface SlotsOptions {
  readonly store: QueueStore;
  readonly clock: Clock;
  readonly pace: AccountPace;
  /** How many at once, over all accounts. */
  readonly atOnce: () => number;
  /** Whether anything of this account can be downloaded now. */
  readonly mayRun: (accountKey: string) => boolean;
  /** Rows that are being worked on, by id, with their account. */
  readonly running: ReadonlyMap<number, { readonly accountKey: string }>;
  /** Rows that must not be started for another reason. */
  readonly held: () => readonly number[];
  readonly start: (id: number) => void;
}

export interface Slots {
  /** Gives free slots to rows whose time has come, and sees to it that later ones are not forgotten. */
  fill(): void;
  close(): void;
}

export function createSlots(options: SlotsOptions): Slots {
  const { store, clock, pace, running } = options;
  const alarm = createAlarm(clock, fill);
  let closed = false;

  function fill(): void {
    if (closed) return;
    const now = clock.now();
    const full = new Set<string>();
    const resting: number[] = [];
    while (running.size < options.atOnce()) {
      const ids = [...running.keys(), ...options.held()];
      const next = store.nextWaiting(now, { accounts: [...full], ids });
      if (!next) break;
      const restsUntil = pace.restsUntil(next.accountKey);
      if (restsUntil > now) resting.push(restsUntil);
      if (restsUntil > now || !hasRoom(next.accountKey)) full.add(next.accountKey);
      else options.start(next.id);
    }
    const nextTry = store.nextTryAfter(now);
    const times = nextTry === null ? resting : [...resting, nextTry];
    alarm.setFor(times.length > 0 ? Math.min(...times) : null);
  }

  function hasRoom(accountKey: string): boolean {
    if (!options.mayRun(accountKey)) return false;
    let ofAccount = 0;
    for (const run of running.values()) if (run.accountKey === accountKey) ofAccount += 1;
    return ofAccount < pace.limit(accountKey, options.atOnce());
  }

  return {
    fill,
    close() {
      closed = true;
      alarm.setFor(null);
    },
  };
}
