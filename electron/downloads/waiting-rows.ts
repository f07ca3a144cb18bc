/** Which waiting row comes next. */
import type { Database } from '../lib/database.ts';
import { number, numberOrNull, type Row } from '../lib/read-row.ts';

/** Among which rows the next one is looked for. */
export interface NextAmong {
  readonly accounts: readonly string[];
  /** Rows that are left out. Few of them should be at the front of the queue. */
  readonly without: (id: number) => boolean;
  /** Only those that a person ordered to the front. */
  readonly onlyStartedNow: boolean;
}

export interface WaitingRows {
  /**
   * The next waiting row whose time has come. First those that a person ordered to the front, then first come, first
   * served, and after those the ones that had their chance, so that one that always fails keeps nobody waiting.
   */
  nextWaiting(now: number, among: NextAmong): number | null;
  /** Whether a row waits that a person ordered to the front. */
  isAnyInFront(): boolean;
  /** The earliest time after `now` at which a waiting row of this account is to be tried again. */
  nextTryAfter(now: number, accountKey: string): number | null;
}

/** More than any `nextTryAt` is away when it is set. */
const LONGEST_WAIT_MS = 60 * 60_000;

interface Head {
  readonly id: number;
  /** What it stands in line by, before its id. */
  readonly at: number;
}

/** The waiting rows of an account that come one after another, first come, first served. */
type Lane = (account: string, now: number) => Iterable<Row>;

export function createWaitingRows(database: Pick<Database, 'prepare'>): WaitingRows {
  /** Reads an index from its beginning, so it costs the same in a long queue. */
  const inLine = (column: string, condition: string) =>
    database.prepare(`
      SELECT id, ${column} AS at FROM downloads
      WHERE state = 'waiting' AND account_key = :account AND ${condition}
      ORDER BY ${column}, id`);
  // A time further away than any wait is one from before the computer's clock was set back.
  const startedNow = inLine(
    'started_now_at',
    `started_now_at IS NOT NULL
      AND (next_try_at IS NULL OR next_try_at NOT BETWEEN :now + 1 AND :now + ${LONGEST_WAIT_MS})`,
  );
  const neverTried = inLine('next_try_at', 'next_try_at IS NULL');
  const due = inLine('next_try_at', 'next_try_at <= :now');
  const fromLater = inLine('next_try_at', `next_try_at > :now + ${LONGEST_WAIT_MS}`);
  const nextTry = database.prepare(`
    SELECT min(next_try_at) AS at FROM downloads
    WHERE state = 'waiting' AND account_key = :account AND next_try_at > :now`);
  const inFront = database.prepare(
    "SELECT 1 AS found FROM downloads WHERE state = 'waiting' AND started_now_at IS NOT NULL LIMIT 1",
  );

  const front: Lane = (account, now) => startedNow.iterate({ account, now });
  const all: readonly Lane[] = [
    front,
    (account) => neverTried.iterate({ account }),
    (account, now) => due.iterate({ account, now }),
    (account, now) => fromLater.iterate({ account, now }),
  ];

  return {
    nextWaiting(now, { accounts, without, onlyStartedNow }) {
      for (const lane of onlyStartedNow ? [front] : all) {
        const heads = accounts.flatMap((account) => headOf(lane(account, now), without) ?? []);
        const [first] = heads.sort((a, b) => a.at - b.at || a.id - b.id);
        if (first) return first.id;
      }
      return null;
    },
    isAnyInFront: () => inFront.get() !== undefined,
    nextTryAfter(now, account) {
      const row = nextTry.get({ account, now });
      return row ? numberOrNull(row, 'at') : null;
    },
  };
}

/** Stops reading at the first row that is not left out. */
function headOf(rows: Iterable<Row>, without: NextAmong['without']): Head | null {
  for (const row of rows) {
    const id = number(row, 'id');
    if (!without(id)) return { id, at: numberOrNull(row, 'at') ?? 0 };
  }
  return null;
}
