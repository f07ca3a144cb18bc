/** Which waiting row is worked on next, and which run may send its request. */
import type { Clock } from '../lib/clock.ts';
import type { AccountPace } from './account-pace.ts';
import { createAlarm } from './alarm.ts';
import type { QueueStore } from './queue-store.ts';
import type { Running } from './runner.ts';

export interface SlotsOptions {
  readonly store: Pick<QueueStore, 'nextWaiting' | 'nextTryAfter'>;
  readonly clock: Clock;
  readonly pace: Pick<AccountPace, 'limit' | 'restsUntil' | 'growsAt'>;
  /** How many requests at once, over all accounts. */
  readonly atOnce: () => number;
  /** How many files of this account its service stands at once; null: as many as the person wants. */
  readonly mostOf: (accountKey: string) => number | null;
  /** The accounts of all rows. */
  readonly accounts: () => Iterable<string>;
  /** Whether anything of this account can be downloaded now. */
  readonly mayRun: (accountKey: string) => boolean;
  /** Whether only rows are started that a person ordered to the front. */
  readonly onlyStartedNow: () => boolean;
  /** Rows that are being worked on, by id. */
  readonly running: ReadonlyMap<number, Pick<Running, 'accountKey' | 'phase' | 'row'>>;
  /** Whether the row must not be started for another reason. */
  readonly isHeld: (id: number) => boolean;
  readonly start: (id: number) => void;
  /** Lets a run send its request that is ready for it. */
  readonly admit: (id: number) => void;
}

export interface Slots {
  /**
   * Lets requests go that may, starts work on rows whose time has come, and sees to it that later ones are not
   * forgotten.
   */
  fill(): void;
  /** Starts nothing until the function is called that this answers with. */
  hold(): () => void;
  /** Starts nothing for a while. */
  rest(): void;
  close(): void;
}

const REST_MS = 30_000;

/**
 * What comes before a request takes a few milliseconds, most of them for the disk. Some runs have it behind them when a
 * connection becomes free, so that none is idle meanwhile.
 */
const aheadOf = (requests: number) => Math.floor(requests / 3);

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
    admitReady(now);
    let isMissing = false;
    while (!isMissing && mayStart()) {
      const next = nextRow(now);
      if (next !== null) options.start(next);
      isMissing = next === null;
    }
    // While enough runs are under way, one of them asks again; those that are ready may be waiting for a time.
    const mayWait = transfers() < options.atOnce() && count(({ phase }) => phase === 'ready') > 0;
    alarm.setFor(isMissing || mayWait ? nextTime(now) : null);
  }

  /**
   * First what a person ordered to the front. Then accounts have equal shares: the next row is of one that has fewest
   * under way, so that a long queue of one holds up no other. Within an account first come, first served.
   */
  function nextRow(now: number): number | null {
    const without = (id: number) => running.has(id) || options.isHeld(id);
    const onlyStartedNow = options.onlyStartedNow();
    const shares = inShares(accountsToStart(now));
    if (shares.length > 1) {
      const inFront = store.nextWaiting(now, { accounts: shares.flat(), without, onlyStartedNow: true });
      if (inFront !== null || onlyStartedNow) return inFront;
    }
    for (const accounts of shares) {
      const next = store.nextWaiting(now, { accounts, without, onlyStartedNow });
      if (next !== null) return next;
    }
    return null;
  }

  /** Accounts with as many runs under way side by side, those with fewest first. */
  function inShares(accounts: readonly string[]): string[][] {
    const shares = new Map<number, string[]>();
    for (const accountKey of accounts) {
      const begun = begunOf(accountKey);
      shares.set(begun, [...(shares.get(begun) ?? []), accountKey]);
    }
    return [...shares].sort(([a], [b]) => a - b).map(([, share]) => share);
  }

  /**
   * First those that a person ordered to the front, then in the order in which they were begun: one that is still being
   * prepared has its place kept.
   */
  function admitReady(now: number): void {
    if (transfers() >= options.atOnce() || count(({ phase }) => phase === 'ready') === 0) return;
    let kept = 0;
    for (const [id, run] of inOrder(running)) {
      if (run.phase === 'preparing') kept += 1;
      if (run.phase === 'ready' && transfers() + kept < options.atOnce() && mayAsk(run, now))
        options.admit(id);
    }
  }

  const mayAsk = ({ accountKey, row }: Pick<Running, 'accountKey' | 'row'>, now: number): boolean =>
    isOpen(accountKey, now) &&
    count((run) => run.phase === 'transferring' && run.accountKey === accountKey) < limitOf(accountKey) &&
    (row.startedNowAt !== null || !options.onlyStartedNow());

  const isOpen = (accountKey: string, now: number) =>
    options.mayRun(accountKey) && pace.restsUntil(accountKey) <= now;

  const limitOf = (accountKey: string) => {
    const atOnce = options.atOnce();
    return pace.limit(accountKey, Math.min(atOnce, options.mostOf(accountKey) ?? atOnce));
  };

  function accountsToStart(now: number): string[] {
    return [...options.accounts()].filter((accountKey) => {
      const most = limitOf(accountKey);
      return isOpen(accountKey, now) && begunOf(accountKey) < most + aheadOf(most);
    });
  }

  const begunOf = (accountKey: string) =>
    count((run) => run.phase !== 'finishing' && run.accountKey === accountKey);

  /** What is only being put in place holds up no other, unless the disk is slow. */
  function mayStart(): boolean {
    const most = options.atOnce();
    return running.size < 3 * most && count((run) => run.phase !== 'finishing') < most + aheadOf(most);
  }

  const transfers = () => count(({ phase }) => phase === 'transferring');

  function count(which: (run: Pick<Running, 'accountKey' | 'phase'>) => boolean): number {
    let found = 0;
    for (const run of running.values()) if (which(run)) found += 1;
    return found;
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

type Place = readonly [number, Pick<Running, 'accountKey' | 'phase' | 'row'>];

function inOrder(running: SlotsOptions['running']): readonly Place[] {
  const places = [...running];
  const inFront = ([, { row }]: Place) => row.startedNowAt ?? Number.POSITIVE_INFINITY;
  return places.some(([, { row }]) => row.startedNowAt !== null)
    ? places.sort((a, b) => compare(inFront(a), inFront(b)))
    : places;
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
