import type { FolderCheckProgress } from '../contract/manifest.ts';
import { ok } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import { checkFolder } from '../manifest/check-folder.ts';
import type { StartHashWorker } from '../manifest/hash-files.ts';
import type { AreaHandlers } from './serve-calls.ts';

const PROGRESS_EVERY_MS = 100;

export interface ManifestCallsOptions {
  readonly startWorker: StartHashWorker;
  readonly clock: Clock;
  /** Asks the person for a folder; null when they cancel. */
  askForFolder(): Promise<string | null>;
  /** Called at most ten times a second. */
  onProgress(progress: FolderCheckProgress): void;
}

export function manifestCalls(options: ManifestCallsOptions): AreaHandlers<'manifest'> {
  const { clock } = options;
  const running = new Map<string, AbortController>();

  /** Passes on what comes, but seldom: many small files would keep the window busy. */
  function seldom(tell: (progress: FolderCheckProgress) => void): (progress: FolderCheckProgress) => void {
    let toldAt = Number.NEGATIVE_INFINITY;
    return (progress) => {
      const now = clock.now();
      // Either way: the computer's clock may be set back.
      if (Math.abs(now - toldAt) < PROGRESS_EVERY_MS) return;
      toldAt = now;
      tell(progress);
    };
  }

  return {
    async checkFolder({ checkId }) {
      const abort = new AbortController();
      running.set(checkId, abort);
      const tell = seldom(options.onProgress);
      try {
        const folder = await options.askForFolder();
        if (folder === null) return ok(null);
        return await checkFolder({
          folder,
          startWorker: options.startWorker,
          signal: abort.signal,
          onProgress: (progress) => tell({ checkId, ...progress }),
        });
      } finally {
        if (running.get(checkId) === abort) running.delete(checkId);
      }
    },

    cancelCheck({ checkId }) {
      running.get(checkId)?.abort();
      return ok(null);
    },
  };
}
