import type { PathLike } from 'node:fs';
import type { Clock } from '../lib/clock.ts';
import { errnoOf } from './disk-failure.ts';

/** What the engine does with an open file. */
export interface OpenFile {
  /** The system's number for it, by which another thread can use it; none when this file is not the system's own. */
  readonly fd?: number;
  writev(buffers: readonly Uint8Array[], position: number): Promise<{ readonly bytesWritten: number }>;
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  truncate(length: number): Promise<void>;
  datasync(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What the engine uses of the file system, so that a test can hand in a disk with faults. */
export interface FileSystem {
  open(path: PathLike, flags: string): Promise<OpenFile>;
  lstat(path: PathLike): Promise<{ readonly size: number; isFile(): boolean }>;
  link(existing: PathLike, path: PathLike): Promise<void>;
  rename(from: PathLike, to: PathLike): Promise<void>;
  unlink(path: PathLike): Promise<void>;
  readdir(path: PathLike): Promise<string[]>;
  /** The number of the disk that the path is on. */
  stat(path: PathLike): Promise<{ readonly dev: number }>;
  /** Blocks that are free for this user, and the bytes of one. */
  statfs(path: PathLike): Promise<{ readonly bavail: number; readonly bsize: number }>;
}

/** The size of the regular file at `path`; `other`: something else, or it can't be told. */
export async function lookAt(files: FileSystem, path: string): Promise<number | 'nothing' | 'other'> {
  try {
    const stats = await files.lstat(path);
    return stats.isFile() ? stats.size : 'other';
  } catch (error) {
    const code = errnoOf(error);
    if (code === null) throw error;
    return code === 'ENOENT' ? 'nothing' : 'other';
  }
}

/** The size of the regular file at `path`; null for anything else there, and for nothing. */
export async function fileSize(files: FileSystem, path: string): Promise<number | null> {
  const seen = await lookAt(files, path);
  return typeof seen === 'number' ? seen : null;
}

/** Whether there is anything at `path`, be it a file, a folder or a link. */
export async function isThere(files: FileSystem, path: string): Promise<boolean> {
  try {
    await files.lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** What Windows says while a virus scanner or a synchronising folder holds a file. */
const busyCodes = ['EPERM', 'EACCES', 'EBUSY'];
export const isBusy = (error: unknown): boolean => busyCodes.includes(errnoOf(error) ?? '');

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5000;
const GIVE_UP_AFTER_MS = 60_000;

/**
 * Does `act` again and again while another program holds the file, for up to a minute or until aborted. Then throws
 * its error.
 */
export async function whileBusy<T>(act: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  let waited = 0;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await act();
    } catch (error) {
      if (!isBusy(error) || waited >= GIVE_UP_AFTER_MS || signal.aborted) throw error;
    }
    await clock.sleep(pause, signal);
    waited += pause;
  }
}

/** Deletes a file; one that is not there is as good as deleted. */
export async function removeFile(
  files: FileSystem,
  path: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  try {
    await whileBusy(() => files.unlink(path), clock, signal);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}
