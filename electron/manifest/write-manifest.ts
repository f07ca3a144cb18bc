import { join } from 'node:path';
import type { CheckResult, HistoryEntry } from '../contract/history.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { FileSystem } from '../downloads/file-system.ts';
import { realFiles } from '../downloads/real-files.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import { nextTurn } from '../lib/in-slices.ts';
import { compareFile } from './compare-file.ts';
import type { FileHasher } from './hash-files.ts';
import { type ManifestRow, wholeOutcomes } from './manifest-row.ts';
import { noteLine } from './note-words.ts';
import { saveManifest } from './save-manifest.ts';

export interface WriteManifestOptions {
  /** What was added to the queue together, and where it went. */
  readonly batch: { readonly id: number; readonly folder: string };
  readonly history: Pick<HistoryStore, 'ofBatch'>;
  readonly hasher: FileHasher;
  readonly clock: Clock;
  /** Stops it: failure `cancelled`, and the folder is as it was. */
  readonly signal: AbortSignal;
  readonly files?: FileSystem;
}

export interface WrittenManifest {
  /** Its name in the folder; null where there was nothing to list, so that none was written. */
  readonly name: string | null;
  /** Files that are no longer what was downloaded. A manifest says nothing of them. */
  readonly leftOut: readonly { readonly name: string; readonly result: Exclude<CheckResult, 'same'> }[];
}

type WholeEntry = HistoryEntry &
  Pick<ManifestRow, 'outcome'> & { readonly size: number; readonly md5: string };

/** Entries that are read at once: few enough to hold nobody up. */
const ENTRIES_AT_ONCE = 500;

/**
 * Lists the files that a batch brought, each as it lies on the disk now, in the manifest of its folder. Every file is
 * read again: what a manifest says has been seen.
 */
export async function writeManifest(options: WriteManifestOptions): Promise<Result<WrittenManifest>> {
  const { batch, hasher, clock, signal, files = realFiles } = options;
  const rows: ManifestRow[] = [];
  const leftOut: WrittenManifest['leftOut'][number][] = [];
  for (const entry of await latestByName(options)) {
    const expected = { size: entry.size, md5: entry.md5, sha256: null };
    const found = await compareFile(hasher, join(batch.folder, entry.name), expected, { signal });
    if (found.kind === 'failed') return failed(found.failure);
    if (found.kind === 'same') rows.push(toRow(entry, found.sha256));
    else leftOut.push({ name: entry.name, result: found.kind });
  }
  if (rows.length === 0) return ok({ name: null, leftOut });
  const saved = await saveManifest(rows, { folder: batch.folder, files, clock, signal });
  return saved.ok ? ok({ name: saved.value, leftOut }) : saved;
}

/** What brought a file; of several with the same name the last. */
async function latestByName({ batch, history }: WriteManifestOptions): Promise<Iterable<WholeEntry>> {
  const latest = new Map<string, WholeEntry>();
  for (let after = 0; ; ) {
    const entries = history.ofBatch(batch.id, { after, limit: ENTRIES_AT_ONCE });
    for (const entry of entries) if (isWhole(entry)) latest.set(entry.name, entry);
    const last = entries.at(-1);
    if (!last) return latest.values();
    after = last.id;
    await nextTurn();
  }
}

const isWhole = (entry: HistoryEntry): entry is WholeEntry =>
  entry.size !== null && entry.md5 !== null && wholeOutcomes.some((outcome) => outcome === entry.outcome);

const toRow = (entry: WholeEntry, sha256: string): ManifestRow => ({
  name: entry.name,
  size: entry.size,
  md5Expected: entry.md5Expected,
  md5Found: entry.md5,
  sha256,
  service: entry.provider,
  account: entry.accountName,
  report: entry.reportTitle,
  period: entry.period,
  downloadedAt: entry.endedAt,
  attempts: entry.attempts,
  outcome: entry.outcome,
  notes: noteLine(entry.notes),
});
