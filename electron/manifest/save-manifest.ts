import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { MANIFEST_NAME } from '../contract/manifest.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { diskFailure } from '../downloads/disk-failure.ts';
import { type FileSystem, removeFile, whileBusy } from '../downloads/file-system.ts';
import { createFolderSync } from '../downloads/folder-sync.ts';
import { createPartFile } from '../downloads/part-file.ts';
import { placeFile } from '../downloads/place-file.ts';
import { partNameOf, possibleNames } from '../downloads/target-name.ts';
import type { Clock } from '../lib/clock.ts';
import { nextTurn } from '../lib/in-slices.ts';
import { type FolderManifest, readManifests } from './folder-manifests.ts';
import { manifestText } from './manifest-file.ts';
import type { ManifestRow } from './manifest-row.ts';

export interface SaveOptions {
  readonly folder: string;
  readonly files: FileSystem;
  readonly clock: Clock;
  /** Ends the waiting for another program that holds the manifest. */
  readonly signal: AbortSignal;
}

/**
 * Puts rows into the folder's manifest. In one that is there already they replace those of the same name, and the
 * others stay. A file that we could not write again without losing what it holds is left alone: then there is a
 * manifest under the next name. Whatever happens, a manifest is the old one or the new one. Answers with its name.
 */
export async function saveManifest(
  rows: readonly ManifestRow[],
  options: SaveOptions,
): Promise<Result<string>> {
  const { folder, files, clock, signal } = options;
  const partName = partNameOf(`${MANIFEST_NAME}.${randomUUID()}`);
  const part = join(folder, partName);
  try {
    const manifests = await readManifests(folder);
    const old = manifests.find(isReplaceable);
    await writeWhole(files, part, merge(old?.rows ?? [], rows));
    if (!old) return await placeNew(partName, manifests.length, options);
    await whileBusy(() => files.rename(part, join(folder, old.name)), clock, signal);
    await createFolderSync(files)(folder);
    return ok(old.name);
  } catch (error) {
    return failed(diskFailure(error));
  } finally {
    // What is left over does no harm: its name is that of a part.
    await removeFile(files, part, clock, signal).catch(() => {});
  }
}

const isReplaceable = (one: FolderManifest): one is Extract<FolderManifest, { readonly kind: 'manifest' }> =>
  one.kind === 'manifest' && !one.hasMore;

function merge(old: readonly ManifestRow[], rows: readonly ManifestRow[]): ManifestRow[] {
  return [...new Map([...old, ...rows].map((row) => [row.name, row])).values()];
}

async function writeWhole(files: FileSystem, path: string, rows: readonly ManifestRow[]): Promise<void> {
  const part = await createPartFile(files, path);
  if (!part) throw new Error('a random name was taken');
  try {
    for (const text of manifestText(rows)) {
      await part.append(Buffer.from(text));
      await nextTurn();
    }
    await part.flush();
  } finally {
    await part.close();
  }
}

/** Under the first name that is free, after so many that are not. */
async function placeNew(partName: string, taken: number, options: SaveOptions): Promise<Result<string>> {
  const names = possibleNames(MANIFEST_NAME);
  for (let n = 0; n < taken; n++) names.next();
  let name = MANIFEST_NAME;
  const placed = await placeFile({
    ...options,
    syncFolder: createFolderSync(options.files),
    partName,
    nextName: async () => {
      name = names.next().value;
      return name;
    },
  });
  return placed.ok ? ok(name) : placed;
}
