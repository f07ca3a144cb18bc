import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Database } from '../lib/database.ts';
import type { StartHashWorker } from '../manifest/hash-files.ts';
import { createManifestKeeper, type ManifestKeeper } from '../manifest/manifest-keeper.ts';

export interface ManifestsOptions {
  readonly database: Database;
  readonly history: HistoryStore;
  readonly clock: Clock;
  readonly startWorker: StartHashWorker;
  readonly stop: AbortSignal;
  onTrouble(what: string, error?: unknown): void;
}

export interface Manifests {
  write(batch: { readonly id: number; readonly folder: string }): void;
  /** Resolves when all are written or, stopped, when nothing is under way. */
  finish(): Promise<void>;
}

/** Writes manifests. Does nothing, and nothing that was left from before, until one is wanted. */
export function createManifests({ stop, ...options }: ManifestsOptions): Manifests {
  let keeper: ManifestKeeper | null = null;
  return {
    write(batch) {
      keeper ??= createManifestKeeper(options);
      keeper.write(batch);
    },
    async finish() {
      const close = () => void keeper?.close();
      stop.addEventListener('abort', close, { once: true });
      if (stop.aborted) close();
      await keeper?.idle();
      stop.removeEventListener('abort', close);
      await keeper?.close();
    },
  };
}
