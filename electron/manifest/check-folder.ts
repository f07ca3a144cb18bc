/** "Check a folder": its files against the manifests that lie in it. */
import { join } from 'node:path';
import { failure } from '../contract/failure.ts';
import type {
  CheckedFile,
  FolderCheck,
  FolderCheckProgress,
  FolderCheckResult,
} from '../contract/manifest.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { type Comparison, compareFile } from './compare-file.ts';
import { createFileHasher, type FileHasher, type StartHashWorker } from './hash-files.ts';
import type { ManifestRow } from './manifest-row.ts';
import type { Pairs } from './pair-names.ts';
import { readFolder } from './read-folder.ts';

export interface CheckFolderOptions {
  readonly folder: string;
  readonly startWorker: StartHashWorker;
  /** Stops it at once, even while the disk does not answer: failure `cancelled`. */
  readonly signal: AbortSignal;
  /** Told at the start, after every file, and now and then within large ones. */
  onProgress?(progress: Omit<FolderCheckProgress, 'checkId'>): void;
}

const stopped = failed(failure('cancelled', 'the check was stopped'));

/**
 * Reads every file again that a manifest of the folder names, and compares it. Nothing outside the folder is looked
 * at, whatever a manifest says; neither are folders in it. Failure `not-a-manifest`: there is none, or one of them
 * can't be read to its end.
 */
export async function checkFolder(options: CheckFolderOptions): Promise<Result<FolderCheck>> {
  const { signal } = options;
  if (signal.aborted) return stopped;
  const stop = new Promise<Result<FolderCheck>>((resolve) => {
    signal.addEventListener('abort', () => resolve(stopped), { once: true });
  });
  const hasher = createFileHasher(options.startWorker);
  try {
    return await Promise.race([stop, check(options, hasher)]);
  } finally {
    hasher.close();
  }
}

async function check(options: CheckFolderOptions, hasher: FileHasher): Promise<Result<FolderCheck>> {
  const read = await readFolder(options.folder);
  if (!read.ok) return read;
  const { pairs, extra } = read.value;
  const compared = await compareAll(pairs, options, hasher);
  if (!compared.ok) return compared;
  const others = extra.map(
    (name): CheckedFile => ({ name, result: 'extra', sizeExpected: null, size: null }),
  );
  return ok(summary(options.folder, [...compared.value, ...others]));
}

async function compareAll(
  pairs: Pairs<ManifestRow>['pairs'],
  { folder, signal, onProgress }: CheckFolderOptions,
  hasher: FileHasher,
): Promise<Result<CheckedFile[]>> {
  const checked: CheckedFile[] = [];
  const bytesInAll = pairs.reduce((bytes, { wanted }) => bytes + wanted.size, 0);
  let bytesDone = 0;
  const tell = (bytesOfNext: number) =>
    onProgress?.({
      files: checked.length,
      filesInAll: pairs.length,
      bytes: bytesDone + bytesOfNext,
      bytesInAll,
    });

  tell(0);
  for (const { wanted, file } of pairs) {
    if (signal.aborted) return stopped;
    const found = await compare(wanted, file);
    if (found.kind === 'failed') return failed(found.failure);
    const size = 'size' in found ? found.size : null;
    checked.push({ name: wanted.name, result: found.kind, sizeExpected: wanted.size, size });
    bytesDone += wanted.size;
    tell(0);
  }
  return ok(checked);

  async function compare(wanted: ManifestRow, file: string | null): Promise<Comparison> {
    if (file === null) return { kind: 'missing' };
    const expected = { size: wanted.size, md5: wanted.md5Found, sha256: wanted.sha256 };
    const onBytes = (bytes: number) => tell(Math.min(bytes, wanted.size));
    return compareFile(hasher, join(folder, file), expected, { signal, onBytes });
  }
}

function summary(folder: string, checked: readonly CheckedFile[]): FolderCheck {
  const count: Record<FolderCheckResult, number> = {
    same: 0,
    changed: 0,
    missing: 0,
    unreadable: 0,
    extra: 0,
  };
  for (const { result } of checked) count[result]++;
  const differences = checked.filter(({ result }) => result !== 'same');
  return { folder, count, differences: differences.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
