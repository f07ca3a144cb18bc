/** The queue as people see it, in memory. What is on disk is the truth; this follows it. */
import type { Download, DownloadTotals } from '../contract/download.ts';
import type { QueueOverview } from './queue-row.ts';
import { createTotals } from './totals.ts';

export interface Board {
  /** Takes over rows without telling anybody. */
  load(rows: Iterable<QueueOverview>): void;
  /** Shows the row as it is on disk now; what only a running download has stays. */
  put(row: QueueOverview): void;
  /** Shows what has changed about a row that is there. */
  change(id: number, change: Partial<Download>): void;
  remove(ids: readonly number[]): void;
  get(id: number): Download | null;
  list(): Download[];
  totals(): DownloadTotals;
  /** Looks again at every waiting row for whether it waits for a sign-in. */
  checkSignIns(): void;
}

export interface BoardOptions {
  /** Whether rows of this account have to wait for a sign-in. */
  readonly needsSignIn: (accountKey: string) => boolean;
  readonly onChange: (id: number) => void;
  readonly onRemove: (id: number) => void;
}

interface Shown {
  readonly download: Download;
  readonly accountKey: string;
}

export function createBoard({ needsSignIn, onChange, onRemove }: BoardOptions): Board {
  const rows = new Map<number, Shown>();
  const totals = createTotals();

  function show(accountKey: string, changed: Download, needed = needsSignIn(accountKey)): void {
    const download = { ...changed, needsSignIn: changed.state === 'waiting' && needed };
    const before = rows.get(download.id);
    if (before) totals.take(before.download);
    totals.add(download);
    rows.set(download.id, { download, accountKey });
  }

  return {
    load(overviews) {
      const needed = remember(needsSignIn);
      for (const row of overviews) show(row.accountKey, toDownload(row), needed(row.accountKey));
    },
    put(row) {
      show(row.accountKey, toDownload(row));
      onChange(row.id);
    },
    change(id, change) {
      const before = rows.get(id);
      if (!before) return;
      show(before.accountKey, { ...before.download, ...change });
      onChange(id);
    },
    remove(ids) {
      for (const id of ids) {
        const before = rows.get(id);
        if (!before) continue;
        totals.take(before.download);
        rows.delete(id);
        onRemove(id);
      }
    },
    get: (id) => rows.get(id)?.download ?? null,
    list: () => Array.from(rows.values(), ({ download }) => download),
    totals: () => totals.now(),
    checkSignIns() {
      const needed = remember(needsSignIn);
      for (const { download, accountKey } of rows.values()) {
        if (download.state !== 'waiting' || download.needsSignIn === needed(accountKey)) continue;
        show(accountKey, download, needed(accountKey));
        onChange(download.id);
      }
    },
  };
}

/** Asks once for each account. */
function remember(ask: (accountKey: string) => boolean): (accountKey: string) => boolean {
  const answers = new Map<string, boolean>();
  return (accountKey) => {
    const answer = answers.get(accountKey) ?? ask(accountKey);
    answers.set(accountKey, answer);
    return answer;
  };
}

function toDownload(row: QueueOverview): Download {
  return {
    id: row.id,
    name: row.name,
    reportTitle: row.reportTitle,
    accountName: row.accountName,
    folder: row.folder,
    state: row.state,
    size: row.size,
    received: row.received,
    speed: 0,
    attempts: row.attempts,
    failure: row.failure,
    nextTryAt: row.nextTryAt,
    needsSignIn: false,
    notes: row.notes,
  };
}
