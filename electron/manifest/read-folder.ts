import { readdir } from 'node:fs/promises';
import { failure } from '../contract/failure.ts';
import { MANIFEST_NAME } from '../contract/manifest.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { diskFailure } from '../downloads/disk-failure.ts';
import { partNameOf } from '../downloads/target-name.ts';
import { readManifests } from './folder-manifests.ts';
import type { ManifestRow } from './manifest-row.ts';
import { type Pairs, pairNames } from './pair-names.ts';

/** What file managers leave in folders. */
const clutter = /^(\..*|thumbs\.db|desktop\.ini)$/i;

/**
 * What the manifests of a folder name, and its files. Failures: `not-a-manifest`, and those of a folder that can't be
 * read.
 */
export async function readFolder(folder: string): Promise<Result<Pairs<ManifestRow>>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const manifests = await readManifests(folder);
    const damaged = manifests.find((one) => one.kind === 'damaged');
    if (damaged) return unreadable(`line ${damaged.line} of ${damaged.name}`, damaged.name);
    const ours = manifests.filter((one) => one.kind === 'manifest');
    if (ours.length === 0) return unreadable(`there is no ${MANIFEST_NAME} of ours`, MANIFEST_NAME);
    const aside = new Set(ours.map(({ name }) => name));
    const files = entries.filter((entry) => entry.isFile() && !aside.has(entry.name)).map(({ name }) => name);
    const { pairs, extra } = pairNames(newest(ours.flatMap(({ rows }) => rows)), files);
    return ok({ pairs, extra: extra.filter(isOfInterest) });
  } catch (error) {
    return failed(diskFailure(error));
  }
}

const unreadable = (detail: string, subject: string) =>
  failed(failure('not-a-manifest', detail, { subject }));

/** A file may stand in several manifests, of downloads at different times. */
function newest(rows: readonly ManifestRow[]): ManifestRow[] {
  const byName = new Map<string, ManifestRow>();
  for (const row of rows) {
    const known = byName.get(row.name);
    if (!known || row.downloadedAt >= known.downloadedAt) byName.set(row.name, row);
  }
  return [...byName.values()];
}

/** Parts belong to downloads that have not ended. */
const isOfInterest = (name: string): boolean => !clutter.test(name) && !name.endsWith(partNameOf(''));
