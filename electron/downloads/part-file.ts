/** The file that is being written: bytes, their running MD5, and how many of them are safe on the disk. */
import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { errnoOf } from './disk-failure.ts';
import type { FileSystem } from './file-system.ts';
import { hashInto } from './hash-file.ts';

export interface PartFile {
  /** Bytes written. */
  readonly size: number;
  /** Bytes that would survive a power cut. */
  readonly flushed: number;
  /** Of all bytes written, in lower-case hex. */
  md5(): string;
  append(chunks: readonly Buffer[]): Promise<void>;
  /** Makes all bytes written safe. */
  flush(): Promise<void>;
  /** Forgets all bytes. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes a new part. Null when there is something under its name already: another program's, so not ours to write.
 */
export async function createPartFile(files: FileSystem, path: string): Promise<PartFile | null> {
  try {
    return partFile(await files.open(path, 'wx+'), createHash('md5'), 0);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return null;
    throw error;
  }
}

/**
 * Opens our own part to continue after its first `keep` bytes, which are read again for the checksum; what is
 * behind them is cut off. Fewer bytes than that: all are forgotten. A part that is gone is made anew.
 */
export async function reopenPartFile(
  files: FileSystem,
  path: string,
  keep: number,
  signal: AbortSignal,
): Promise<PartFile> {
  const handle = await openOrCreate(files, path);
  try {
    const hash = createHash('md5');
    const read = await hashInto(hash, handle, keep, signal);
    const size = read === keep ? keep : 0;
    await handle.truncate(size);
    return partFile(handle, size === 0 ? createHash('md5') : hash, size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openOrCreate(files: FileSystem, path: string): Promise<FileHandle> {
  try {
    return await files.open(path, 'r+');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return files.open(path, 'wx+');
  }
}

function partFile(handle: FileHandle, begun: Hash, kept: number): PartFile {
  let hash = begun;
  let size = kept;
  let flushed = kept;

  /** The system may write less than it was given. */
  async function writeAll(chunks: readonly Buffer[]): Promise<void> {
    let rest = [...chunks];
    while (rest.length > 0) {
      const { bytesWritten } = await handle.writev(rest, size);
      size += bytesWritten;
      rest = without(rest, bytesWritten);
    }
  }

  return {
    get size() {
      return size;
    },
    get flushed() {
      return flushed;
    },
    md5: () => hash.copy().digest('hex'),
    async append(chunks) {
      await writeAll(chunks);
      for (const chunk of chunks) hash.update(chunk);
    },
    async flush() {
      if (flushed === size) return;
      const written = size;
      await handle.sync();
      flushed = written;
    },
    async clear() {
      await handle.truncate(0);
      hash = createHash('md5');
      size = 0;
      flushed = 0;
    },
    close: () => handle.close(),
  };
}

/** `chunks` without their first `bytes` bytes. */
function without(chunks: readonly Buffer[], bytes: number): Buffer[] {
  const rest: Buffer[] = [];
  let skip = bytes;
  for (const chunk of chunks) {
    if (skip < chunk.length) rest.push(chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
  }
  return rest;
}
