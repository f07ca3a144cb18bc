import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_NAME } from '../contract/manifest.ts';
import { errnoOf } from '../downloads/disk-failure.ts';
import { possibleNames } from '../downloads/target-name.ts';
import { type ManifestContent, readManifest } from './manifest-file.ts';

export type FolderManifest = ManifestContent & { readonly name: string };

/**
 * Reads what lies under the names that a manifest may have: `manifest.csv`, `manifest (2).csv` and so on, up to the
 * first one under which there is nothing. Errors of the file system are thrown.
 */
export async function readManifests(folder: string): Promise<FolderManifest[]> {
  const found: FolderManifest[] = [];
  for (const name of possibleNames(MANIFEST_NAME)) {
    const path = join(folder, name);
    const isFile = await lookFor(path);
    if (isFile === null) return found;
    // Only a file is opened: reading a pipe would never end.
    const content: ManifestContent = isFile ? await readManifest(path) : { kind: 'other' };
    found.push({ name, ...content });
  }
  return found;
}

/** Whether what is there is a file; null when there is nothing. */
async function lookFor(path: string): Promise<boolean | null> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
