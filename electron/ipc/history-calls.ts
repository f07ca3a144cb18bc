import { dirname } from 'node:path';
import { failure } from '../contract/failure.ts';
import { failed, ok } from '../contract/result.ts';
import { checkAgain } from '../downloads/check-again.ts';
import type { DownloadManager } from '../downloads/download-manager.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { AreaHandlers } from './serve-calls.ts';
import type { ShowInFolder } from './show-in-folder.ts';

export interface HistoryCallsOptions {
  readonly history: HistoryStore;
  readonly downloads: DownloadManager;
  readonly clock: Clock;
  readonly showInFolder: ShowInFolder;
  onChange(): void;
}

export function historyCalls(options: HistoryCallsOptions): AreaHandlers<'history'> {
  const { history, downloads, clock } = options;
  const unknownRow = (id: number) => failed(failure('bad-input', `no history entry ${id}`));
  return {
    search: (query) => ok(history.search(query)),
    showInFolder: (id) => options.showInFolder(history.entry(id)?.path ?? null),
    async checkAgain(id) {
      const entry = history.entry(id);
      if (!entry) return unknownRow(id);
      const result = await checkAgain(entry);
      history.setCheck(id, { at: clock.now(), result });
      options.onChange();
      return ok(result);
    },
    async downloadAgain(id) {
      const entry = history.entry(id);
      const reference = history.reference(id);
      if (!entry || !reference) return unknownRow(id);
      const added = await downloads.add([reference], dirname(entry.path), { listedAt: entry.startedAt });
      return added.ok ? ok(null) : added;
    },
  };
}
