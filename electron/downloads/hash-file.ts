import { createHash, type Hash } from 'node:crypto';
import type { FileSystem, OpenFile } from './file-system.ts';

const BLOCK_BYTES = 1024 * 1024;

/** Feeds the first `length` bytes of a file into `hash`. Answers with how many there were; stops when aborted. */
export async function hashInto(
  hash: Hash,
  handle: OpenFile,
  length: number,
  signal?: AbortSignal,
): Promise<number> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let position = 0;
  while (position < length && !signal?.aborted) {
    const { bytesRead } = await handle.read(block, 0, Math.min(BLOCK_BYTES, length - position), position);
    if (bytesRead === 0) break;
    hash.update(block.subarray(0, bytesRead));
    position += bytesRead;
  }
  return position;
}

/** The MD5 of a whole file, 32 lower-case hex digits; null when aborted. Errors of the file system are thrown. */
export async function md5OfFile(
  files: FileSystem,
  path: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const handle = await files.open(path, 'r');
  try {
    const hash = createHash('md5');
    await hashInto(hash, handle, Number.POSITIVE_INFINITY, signal);
    return signal?.aborted ? null : hash.digest('hex');
  } finally {
    await handle.close();
  }
}
