import { type FileSystem, realFiles } from '../file-system.ts';
import { md5OfFile } from '../hash-file.ts';
import { createPartFile, type PartFile, reopenPartFile } from '../part-file.ts';

/** Where files are written and read: here or in a thread of its own. */
export interface Disk {
  readonly files: FileSystem;
  /** As `createPartFile`. `bytes`: how many it will hold, where that is known. */
  createPart(path: string, bytes?: number | null): Promise<PartFile | null>;
  /** As `reopenPartFile`. */
  reopenPart(path: string, keep: number, signal: AbortSignal): Promise<PartFile | null>;
  /** As `md5OfFile`. */
  md5Of(path: string, signal?: AbortSignal): Promise<string | null>;
}

/** A disk whose work is done in the calling thread. */
export const diskOf = (files: FileSystem = realFiles): Disk => ({
  files,
  createPart: (path) => createPartFile(files, path),
  reopenPart: (path, keep, signal) => reopenPartFile(files, path, keep, signal),
  md5Of: (path, signal) => md5OfFile(files, path, signal),
});
