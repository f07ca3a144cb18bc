/** The queue as people see it, in memory. What is on disk is the truth; this follows it. */
import type { Download, DownloadTotals } from '../contract/download.ts';
import { type DownloadState, isActive } from '../contract/download-state.ts';
import type { QueueOverview } from './queue-row.ts';
import { createTotals } from './totals.ts';

export interface Board {
  /** Shows the row as it is on disk now. */
  put(row: QueueOverview): void;
  /** Shows what has changed about a row that is there. */
  change(id: number, change: Partial<Download>): void;
  /** As `put` and `change`, for what happens to many rows at a time. New rows have higher ids than all others. */
  putAll(rows: readonly QueueOverview[]): void;
  changeAll(ids: readonly number[], change: Partial<Download>): void;
  remove(ids: readonly number[]): void;
  /** The row was asked for again, with this batch. */
  moveToBatch(id: number, batchId: number): void;
  get(id: number): Download | null;
  /** The first `most` rows after an id, in the order of their ids. */
  list(after: number, most: number): Download[];
  /** The rows that are in one of these states. */
  idsIn(states: readonly DownloadState[]): number[];
  /** The accounts that there are or were rows of: their names by their keys. */
  accounts(): ReadonlyMap<string, string>;
  /** Bytes that unfinished rows still have to get, by folder. Unknown sizes count nothing. */
  bytesToCome(): Map<string, number>;
  totals(): DownloadTotals;
  /** Tells of the waiting rows whose accounts need a sign-in now, or no longer. */
  checkSignIns(): void;
}

export interface BoardOptions {
  /** Whether rows of this account have to wait for a sign-in. */
  readonly needsSignIn: (accountKey: string) => boolean;
  /** `together`: with many others. */
  readonly onChange: (id: number, together: boolean) => void;
  readonly onRemove: (id: number) => void;
  /** A row that is unfinished came to a batch, or left it or finished. */
  readonly onMove: (from: number | null, to: number | null) => void;
}

interface Shown {
  readonly download: Omit<Download, 'needsSignIn'>;
  readonly accountKey: string;
  readonly batchId: number | null;
}

/** Whether a batch waits for it. */
const isUnfinished = (state: DownloadState) => isActive(state) || state === 'paused';

const unfinishedOf = (shown: Shown | undefined): number | null =>
  shown && isUnfinished(shown.download.state) ? shown.batchId : null;

export function createBoard({ needsSignIn, onChange, onRemove, onMove }: BoardOptions): Board {
  const rows = new Map<number, Shown>();
  const totals = createTotals();
  const accounts = new Map<string, string>();
  /** What was last told of each account. */
  const needed = new Map<string, boolean>();

  function show(id: number, shown: Shown | undefined): void {
    const before = rows.get(id);
    if (before) totals.take(before.download);
    if (shown) totals.add(shown.download);
    if (shown) rows.set(id, shown);
    else rows.delete(id);
    const [from, to] = [unfinishedOf(before), unfinishedOf(shown)];
    if (from !== to) onMove(from, to);
  }

  function put(row: QueueOverview, together: boolean): void {
    const { accountKey, accountName } = row;
    accounts.set(accountKey, accountName);
    if (!needed.has(accountKey)) needed.set(accountKey, needsSignIn(accountKey));
    // A run does not know that its row was asked for again meanwhile.
    show(row.id, {
      download: toDownload(row),
      accountKey,
      batchId: rows.get(row.id)?.batchId ?? row.batchId,
    });
    onChange(row.id, together);
  }

  function change(id: number, change: Partial<Download>, together: boolean): void {
    const before = rows.get(id);
    if (!before) return;
    show(id, { ...before, download: { ...before.download, ...change } });
    onChange(id, together);
  }

  const toShow = ({ download, accountKey }: Shown): Download => ({
    ...download,
    needsSignIn: download.state === 'waiting' && needed.get(accountKey) === true,
  });

  return {
    put: (row) => put(row, false),
    change: (id, changed) => change(id, changed, false),
    putAll(many) {
      for (const row of many) put(row, true);
    },
    changeAll(ids, changed) {
      for (const id of ids) change(id, changed, true);
    },
    remove(ids) {
      for (const id of ids) {
        if (!rows.has(id)) continue;
        show(id, undefined);
        onRemove(id);
      }
    },
    moveToBatch(id, batchId) {
      const before = rows.get(id);
      if (before) show(id, { ...before, batchId });
    },
    get(id) {
      const shown = rows.get(id);
      return shown ? toShow(shown) : null;
    },
    list(after, most) {
      const page: Download[] = [];
      for (const [id, shown] of rows) {
        if (page.length === most) break;
        if (id > after) page.push(toShow(shown));
      }
      return page;
    },
    idsIn(states) {
      const ids: number[] = [];
      for (const [id, { download }] of rows) if (states.includes(download.state)) ids.push(id);
      return ids;
    },
    accounts: () => accounts,
    bytesToCome() {
      const bytes = new Map<string, number>();
      for (const { download } of rows.values()) {
        const { state, folder, size, received } = download;
        if (size === null || !isUnfinished(state)) continue;
        bytes.set(folder, (bytes.get(folder) ?? 0) + Math.max(0, size - received));
      }
      return bytes;
    },
    totals: () => totals.now(),
    checkSignIns() {
      const changed = new Set<string>();
      for (const [accountKey, before] of needed) {
        const now = needsSignIn(accountKey);
        if (now !== before) changed.add(accountKey);
        needed.set(accountKey, now);
      }
      if (changed.size === 0) return;
      for (const [id, { download, accountKey }] of rows) {
        if (download.state === 'waiting' && changed.has(accountKey)) onChange(id, true);
      }
    },
  };
}

function toDownload(row: QueueOverview): Shown['download'] {
  return {
    id: row.id,
    name: row.name,
    reportTitle: row.reportTitle,
    period: row.period,
    provider: row.provider,
    accountKey: row.accountKey,
    accountName: row.accountName,
    folder: row.folder,
    state: row.state,
    size: row.size,
    received: row.received,
    speed: 0,
    attempts: row.attempts,
    failure: row.failure,
    nextTryAt: row.nextTryAt,
    notes: row.notes,
  };
}
