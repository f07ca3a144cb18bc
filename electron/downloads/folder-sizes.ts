import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { errnoOf } from './disk-failure.ts';
import { type FileSystem, fileSize } from './file-system.ts';
import { isPartName } from './target-name.ts';

/** The whole files of one size in a folder, by name: no parts. */
export type FilesOfSize = (folder: string, size: number) => Promise<readonly string[]>;

/** Many downloads into one folder ask one after the other. What changes meanwhile is compared before it is believed. */
const KEPT_MS = 10_000;

interface Looked {
  readonly at: number;
  readonly bySize: Promise<ReadonlyMap<number, readonly string[]>>;
}

/** Remembers the last folder for a few seconds. A folder that can't be read has no files. */
export function createFilesOfSize(files: FileSystem, clock: Clock): FilesOfSize {
  let last: (Looked & { readonly folder: string }) | null = null;
  return async (folder, size) => {
    const now = clock.now();
    if (last?.folder !== folder || Math.abs(now - last.at) > KEPT_MS) {
      last = { folder, at: now, bySize: look(files, folder) };
    }
    return (await last.bySize).get(size) ?? [];
  };
}

async function look(files: FileSystem, folder: string): Promise<Map<number, string[]>> {
  const bySize = new Map<number, string[]>();
  for (const name of await namesIn(files, folder)) {
    // A part becomes another file, or none.
    const size = isPartName(name) ? null : await fileSize(files, join(folder, name));
    if (size === null) continue;
    const others = bySize.get(size);
    if (others) others.push(name);
    else bySize.set(size, [name]);
  }
  return bySize;
}

async function namesIn(files: FileSystem, folder: string): Promise<readonly string[]> {
  try {
    return await files.readdir(folder);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return [];
  }
}
