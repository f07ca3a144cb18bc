/** First come, first served: which waiting row gets a free slot. */
import type { Clock } from '../lib/clock.ts';
import type { AccountPace } from './account-pace.ts';
import { createAlarm } from './alarm.ts';
import type { QueueStore } from './queue-store.ts';

export interface SlotsOptions {
  readonly store: Pick<QueueStore, 'nextWaiting' | 'nextTryAfter'>;
  readonly clock: Clock;
  readonly pace: Pick<AccountPace, 'limit' | 'restsUntil' | 'growsAt'>;
  /** How many at once, over all accounts. */
  readonly atOnce: () => number;
  /** The accounts of all rows. */
  readonly accounts: () => Iterable<string>;
  /** Whether anything of this account can be downloaded now. */
  readonly mayRun: (accountKey: string) => boolean;
  /** Whether only rows are started that a person ordered to the front. */
  readonly onlyStartedNow: () => boolean;
  /** Rows that are being worked on, by id, with their account. */
  readonly running: ReadonlyMap<number, { readonly accountKey: string; readonly transferring: boolean }>;
  /** Whether the row must not be started for another reason. */
  readonly isHeld: (id: number) => boolean;
  readonly start: (id: number) => void;
}

export interface Slots {
  /** Gives free slots to rows whose time has come, and sees to it that later ones are not forgotten. */
  fill(): void;
  /** Starts nothing until the function is called that this answers with. */
  hold(): () => void;
  /** Starts nothing for a while. */
  rest(): void;
  close(): void;
}

const REST_MS = 30_000;

export function createSlots(options: SlotsOptions): Slots {
  const { store, clock, pace, running } = options;
  const alarm = createAlarm(clock, fill);
  let holds = 0;
  let restsUntil = 0;
  let closed = false;

  function fill(): void {
    if (closed || holds > 0) return;
    const now = clock.now();
    // More is left only when the computer's clock was set back.
    if (restsUntil > now && restsUntil <= now + REST_MS) {
      alarm.setFor(restsUntil);
      return;
    }
    while (hasRoom()) {
      const next = store.nextWaiting(now, {
        accounts: accountsWithRoom(now),
        without: (id) => running.has(id) || options.isHeld(id),
        onlyStartedNow: options.onlyStartedNow(),
      });
      if (next === null) break;
      options.start(next);
    }
    // As long as every slot is taken, the end of a run fills the next.
    alarm.setFor(hasRoom() ? nextTime(now) : null);
  }

  const accountsWithRoom = (now: number): string[] =>
    [...options.accounts()].filter(
      (accountKey) =>
        options.mayRun(accountKey) &&
        pace.restsUntil(accountKey) <= now &&
        transfers(accountKey) < pace.limit(accountKey, options.atOnce()),
    );

  /** Those whose bytes are all there only have to be put in place: they hold up no other, unless the disk is slow. */
  function hasRoom(): boolean {
    return transfers() < options.atOnce() && running.size < 3 * options.atOnce();
  }

  function transfers(accountKey?: string): number {
    let count = 0;
    for (const run of running.values()) {
      if (run.transferring && (accountKey === undefined || run.accountKey === accountKey)) count += 1;
    }
    return count;
  }

  /** When something may be started that may not be now; null: nothing by time alone. */
  function nextTime(now: number): number | null {
    const times = [pace.growsAt() ?? Number.POSITIVE_INFINITY];
    for (const accountKey of options.accounts()) {
      if (!options.mayRun(accountKey)) continue;
      const restsUntil = pace.restsUntil(accountKey);
      times.push(
        restsUntil > now ? restsUntil : (store.nextTryAfter(now, accountKey) ?? Number.POSITIVE_INFINITY),
      );
    }
    const first = Math.min(...times);
    return Number.isFinite(first) ? first : null;
  }

  return {
    fill,
    hold() {
      holds += 1;
      return () => {
        holds -= 1;
        fill();
      };
    },
    rest() {
      restsUntil = clock.now() + REST_MS;
    },
    close() {
      closed = true;
      alarm.setFor(null);
    },
  };
}
