import { createStore } from 'zustand/vanilla';
import type { Bridge } from '../../../electron/contract/bridge.ts';
import type { DownloadChanges } from '../../../electron/contract/download.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { applyChanges, type Queue, queueOf } from './queue.ts';

export interface DownloadsState {
  /** Null until it is loaded once. */
  readonly queue: Queue | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  reload(): Promise<void>;
}

/**
 * Mirrors the download queue: subscribes first, loads second, then applies batch after batch. Batches that come
 * while the list is on its way are kept and applied to it; a missed batch fetches the list again.
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
      const answer = await cdr.downloads.list();
      const kept = early;
      early = [];
      if (!answer.ok) return set({ loading: false, failure: answer.failure });
      set({ loading: false, failure: null, queue: queueOf(answer.value) });
      kept.forEach(take);
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
