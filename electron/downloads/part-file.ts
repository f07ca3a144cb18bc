/**
 * The file that is being written: bytes, their running MD5, and how many of them are safe on the disk. Writes run
 * behind the caller's back, several at a time, each at its own place; what goes wrong with one is thrown by the next
 * call that waits. What is more than one write is written and hashed in a thread of its own, where there is one: less
 * than that is done before a message has come and gone.
 */
import { createHash, type Hash } from 'node:crypto';
import { errnoOf } from './disk-failure.ts';
import type { FileSystem, OpenFile } from './file-system.ts';
import { hashInto } from './hash-file.ts';
import { type ThreadFile, type WriteThread, withOwnMemory } from './write-thread.ts';

export interface PartFile {
  /** Bytes taken. */
  readonly size: number;
  /** Bytes that would survive a power cut. */
  readonly flushed: number;
  /** Of all bytes taken, in lower-case hex. */
  md5(): Promise<string>;
  /** Takes bytes; nobody may look into their memory again. A promise asks to wait until the disk has caught up. */
  append(chunk: Buffer): Promise<void> | undefined;
  /** Resolves when all bytes taken are written, though not safe yet. */
  drain(): Promise<void>;
  /** Makes all bytes taken so far safe. */
  flush(): Promise<void>;
  /** Gives the file the length that it will have, so that its room is taken at once where the platform can do so. */
  reserve(bytes: number): Promise<void>;
  /** Forgets all bytes. */
  clear(): Promise<void>;
  /** Waits for what is being written, whatever becomes of it, and closes the file. */
  close(): Promise<void>;
}

/** Few large writes are cheaper than many small ones. */
const WRITE_BYTES = 128 * 1024;
/** Writes on their way to the disk at the same time. With these the part holds 384 KiB in memory at most. */
const MOST_WRITES = 2;

/** Who writes and hashes the bytes of a part. */
type Writer = Pick<ThreadFile, 'append' | 'md5' | 'end'>;

/**
 * Makes a new part. Null when there is something under its name already: another program's, so not ours to write.
 */
export async function createPartFile(
  files: FileSystem,
  path: string,
  thread: WriteThread | null = null,
): Promise<PartFile | null> {
  try {
    return partFile(await files.open(path, 'wx+'), thread);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return null;
    throw error;
  }
}

/**
 * Opens our own part to continue after its first `keep` bytes, which are read again for the checksum; what is
 * behind them is cut off. Fewer bytes than that: all are forgotten. A part that is gone is made anew. Null when it was
 * aborted meanwhile: then nothing has changed.
 */
export async function reopenPartFile(
  files: FileSystem,
  path: string,
  keep: number,
  signal: AbortSignal,
  thread: WriteThread | null = null,
): Promise<PartFile | null> {
  const handle = await openOrCreate(files, path);
  let reopened: PartFile | null = null;
  try {
    const hash = createHash('md5');
    const read = await hashInto(hash, handle, keep, signal);
    if (signal.aborted) return null;
    const size = read === keep ? keep : 0;
    await handle.truncate(size);
    reopened = size === 0 ? partFile(handle, thread) : partFile(handle, null, { size, hash });
    return reopened;
  } finally {
    if (!reopened) await handle.close();
  }
}

async function openOrCreate(files: FileSystem, path: string): Promise<OpenFile> {
  try {
    return await files.open(path, 'r+');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return files.open(path, 'wx+');
  }
}

interface Kept {
  /** Bytes that are there, and safe. */
  readonly size: number;
  readonly hash: Hash;
}

function partFile(handle: OpenFile, thread: WriteThread | null, kept: Kept | null = null): PartFile {
  /** Null until there is something to write. */
  let writer: Writer | null = kept && writeHere(handle, kept.hash);
  let size = kept?.size ?? 0;
  let flushed = size;
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  const writing = new Set<Promise<void>>();
  let broken: { readonly error: unknown } | null = null;

  const note = (error: unknown) => {
    broken ??= { error };
  };

  function chooseWriter(): Writer {
    const isLarge = gatheredBytes >= WRITE_BYTES;
    return isLarge && thread && handle.fd !== undefined
      ? thread.begin(handle.fd)
      : writeHere(handle, createHash('md5'));
  }

  function writeGathered(): void {
    if (gatheredBytes === 0) return;
    writer ??= chooseWriter();
    const write = writer
      .append(gathered, size - gatheredBytes)
      .catch(note)
      .finally(() => writing.delete(write));
    writing.add(write);
    gathered = [];
    gatheredBytes = 0;
  }

  async function waitFor(done: Promise<unknown>): Promise<void> {
    await done;
    if (broken) throw broken.error;
  }

  async function written(): Promise<void> {
    writeGathered();
    await waitFor(Promise.all(writing));
  }

  return {
    get size() {
      return size;
    },
    get flushed() {
      return flushed;
    },
    md5() {
      writeGathered();
      writer ??= chooseWriter();
      return writer.md5();
    },
    append(chunk) {
      gathered.push(thread ? withOwnMemory(chunk) : chunk);
      gatheredBytes += chunk.length;
      size += chunk.length;
      if (gatheredBytes >= WRITE_BYTES) writeGathered();
      if (broken) return Promise.reject(broken.error);
      return writing.size >= MOST_WRITES ? waitFor(Promise.race(writing)) : undefined;
    },
    drain: written,
    async flush() {
      if (flushed === size) return;
      const taken = size;
      await written();
      // Told once only by some systems: bytes that could not be made safe stay unsafe.
      await handle.datasync().catch(note);
      if (broken) throw broken.error;
      flushed = taken;
    },
    async reserve(bytes) {
      if (bytes > size) await handle.truncate(bytes);
    },
    async clear() {
      gathered = [];
      gatheredBytes = 0;
      await Promise.all(writing);
      writer?.end();
      writer = null;
      size = 0;
      flushed = 0;
      broken = null;
      await waitFor(handle.truncate(0).catch(note));
    },
    async close() {
      await Promise.all(writing);
      writer?.end();
      await handle.close();
    },
  };
}

function writeHere(handle: OpenFile, hash: Hash): Writer {
  return {
    append(chunks, position) {
      for (const chunk of chunks) hash.update(chunk);
      return writeAll(handle, chunks, position);
    },
    md5: async () => hash.copy().digest('hex'),
    end() {},
  };
}

/** The system may write less than it was given. */
async function writeAll(handle: OpenFile, chunks: readonly Uint8Array[], position: number): Promise<void> {
  let rest = chunks;
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await handle.writev(rest, at);
    at += bytesWritten;
    rest = without(rest, bytesWritten);
  }
}

/** `chunks` without their first `bytes` bytes. */
function without(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const rest: Uint8Array[] = [];
  let skip = bytes;
  for (const chunk of chunks) {
    if (skip < chunk.length) rest.push(chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
  }
  return rest;
}
