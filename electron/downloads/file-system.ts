import type { PathLike } from 'node:fs';
import fs from 'node:fs/promises';
import type { Clock } from '../lib/clock.ts';
import { errnoOf } from './disk-failure.ts';

/** What the engine does with an open file. */
export interface OpenFile {
  writev(buffers: readonly Buffer[], position: number): Promise<{ readonly bytesWritten: number }>;
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

export const realFiles: FileSystem = fs;

/** The size of the regular file at `path`; null for anything else there, and for nothing. */
export async function fileSize(files: FileSystem, path: string): Promise<number | null> {
  try {
    const stats = await files.lstat(path);
    return stats.isFile() ? stats.size : null;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
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
