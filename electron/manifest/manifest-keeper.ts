/** Writes the manifests that batches want, one after the other, and those that it did not come to before. */
import type { Failure } from '../contract/failure.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Database } from '../lib/database.ts';
import { number, text } from '../lib/read-row.ts';
import { createFileHasher, type StartHashWorker } from './hash-files.ts';
import { type WrittenManifest, writeManifest } from './write-manifest.ts';

/** What was added to the queue together, and where it went. */
interface Batch {
  readonly id: number;
  readonly folder: string;
}

export interface ManifestKeeperOptions {
  /** Where it writes down what is still to be done. */
  readonly database: Database;
  readonly history: Pick<HistoryStore, 'ofBatch'>;
  readonly startWorker: StartHashWorker;
  readonly clock: Clock;
  /** Called with what went wrong; nothing else comes of it. */
  onTrouble(what: string, error?: unknown): void;
}

export interface ManifestKeeper {
  /** To be called when a batch that wants a manifest has ended. Writes that down, and the manifest later. */
  write(batch: Batch): void;
  /** Resolves when no manifest is left to be written. */
  idle(): Promise<void>;
  /** Stops at once. What is not written yet is written after the next start. */
  close(): Promise<void>;
}

const migrations = [
  `
  CREATE TABLE manifests_due (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL,
    folder TEXT NOT NULL
  ) STRICT;
  `,
];

/** Begins with what was left to be done when the program ended. */
export function createManifestKeeper(options: ManifestKeeperOptions): ManifestKeeper {
  const { database, history, startWorker, clock, onTrouble } = options;
  database.migrate('manifests', migrations);
  const insert = database.prepare('INSERT INTO manifests_due (batch_id, folder) VALUES (?, ?)');
  const next = database.prepare(
    'SELECT max(id) AS id, batch_id, folder FROM manifests_due GROUP BY batch_id ORDER BY id LIMIT 1',
  );
  // What was ordered for the same batch meanwhile stays to be done.
  const remove = database.prepare('DELETE FROM manifests_due WHERE batch_id = ? AND id <= ?');
  const closing = new AbortController();
  const { signal } = closing;
  let isWorking = false;
  let worked = Promise.resolve();

  function work(): void {
    if (!isWorking) worked = workThrough();
  }

  async function workThrough(): Promise<void> {
    isWorking = true;
    try {
      for (let row = next.get(); row && !signal.aborted; row = next.get()) {
        const batch = { id: number(row, 'batch_id'), folder: text(row, 'folder') };
        await writeOne(batch);
        if (!signal.aborted) remove.run(batch.id, number(row, 'id'));
      }
    } catch (error) {
      onTrouble('manifests', error);
    } finally {
      isWorking = false;
    }
  }

  async function writeOne(batch: Batch): Promise<void> {
    const hasher = createFileHasher(startWorker);
    try {
      const written = await writeManifest({ batch, history, hasher, clock, signal });
      const trouble = written.ok ? describe(written.value) : describeFailure(written.failure);
      if (trouble !== null) onTrouble(`manifest of batch ${batch.id}: ${trouble}`);
    } catch (error) {
      onTrouble(`manifest of batch ${batch.id}`, error);
    } finally {
      hasher.close();
    }
  }

  work();
  return {
    write({ id, folder }) {
      try {
        insert.run(id, folder);
        work();
      } catch (error) {
        onTrouble(`manifest of batch ${id}`, error);
      }
    },
    idle: () => worked,
    close() {
      closing.abort();
      return worked;
    },
  };
}

function describe({ leftOut }: WrittenManifest): string | null {
  if (leftOut.length === 0) return null;
  const results = leftOut.map(({ result }) => result);
  return `left out as no longer what was downloaded: ${results.length} (${[...new Set(results)].join(', ')})`;
}

const describeFailure = ({ code, detail }: Failure): string | null =>
  code === 'cancelled' ? null : `${code}: ${detail}`;
