import { createStore } from 'zustand/vanilla';
import type { Bridge } from '../../../electron/contract/bridge.ts';
import type { DownloadChanges, DownloadPage } from '../../../electron/contract/download.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { ok, type Result } from '../../../electron/contract/result.ts';
import { applyChanges, type Queue } from './queue.ts';
import { joinPages } from './queue-pages.ts';

export interface DownloadsState {
  /** Null until it is loaded once. */
  readonly queue: Queue | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  reload(): Promise<void>;
}

/**
 * Mirrors the download queue: subscribes first, loads all pages second, then applies batch after batch. Batches that
 * come while the pages are on their way are kept and applied to them; a missed batch fetches them again.
 */
export function createDownloadsStore(cdr: Bridge) {
  let early: DownloadChanges[] = [];
  const store = createStore<DownloadsState>((set, get) => ({
    queue: null,
    failure: null,
    loading: false,
    async reload() {
      if (get().loading) return;
      set({ loading: true });
      const pages = await fetchPages(cdr);
      const kept = early;
      early = [];
      if (!pages.ok) return set({ loading: false, failure: pages.failure });
      const queue = joinPages(pages.value, kept);
      set({ loading: false, failure: null, queue: queue ?? get().queue });
      if (queue === null) await get().reload();
    },
  }));
  const take = (changes: DownloadChanges): void => {
    const { queue, loading, reload } = store.getState();
    const next = loading || queue === null ? null : applyChanges(queue, changes);
    if (next === null) {
      early.push(changes);
      void reload();
    } else store.setState({ queue: next });
  };
  cdr.on('downloads.changed', take);
  void store.getState().reload();
  return store;
}

async function fetchPages(cdr: Bridge): Promise<Result<DownloadPage[]>> {
  const pages: DownloadPage[] = [];
  let after: number | null = null;
  do {
    const answer: Result<DownloadPage> = await cdr.downloads.list({ after });
    if (!answer.ok) return answer;
    pages.push(answer.value);
    after = answer.value.next;
  } while (after !== null);
  return ok(pages);
}
