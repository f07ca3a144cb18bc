/** Whether a disk has room for what is to be written to it. */
import { type Failure, failure } from '../contract/failure.ts';
import type { Clock } from '../lib/clock.ts';
import { errnoOf } from './disk-failure.ts';
import type { FileSystem } from './file-system.ts';

/** Kept free for everything else on the disk, but never more than a hundredth of what there is. */
const RESERVE_BYTES = 100_000_000;

/** How many of the free bytes may be used. Pure. */
export const usableBytes = (free: number): number => free - Math.min(RESERVE_BYTES, free / 100);

/** Failure `no-room` when so many bytes do not fit into what is free. Pure. */
export const fits = (bytes: number, free: number): Failure | null =>
  bytes <= usableBytes(free) ? null : failure('no-room', `needs ${inUnits(bytes)}, ${inUnits(free)} free`);

/** `4.2 GB`, and in MB what is less than one. */
const inUnits = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** The bytes that are free for this user where `folder` is; null where that can't be said. */
export function freeBytes(files: Pick<FileSystem, 'statfs'>, folder: string): Promise<number | null> {
  return unlessUnknown(async () => {
    const { bavail, bsize } = await files.statfs(folder);
    return bavail * bsize;
  });
}

/** Failure `no-room` when so many more bytes would not fit into a folder, null when they do. */
export type RoomFor = (folder: string, bytes: number) => Promise<Failure | null>;

/** Small files come by the hundred a second: for so long, what is free is what was, less what has been asked for. */
const LOOK_EVERY_MS = 1000;

/**
 * Also null where nobody says how much is free, a folder that is not there for one: the writing will show. Remembers
 * the folder that was asked for last.
 */
export function createRoomFor(files: Pick<FileSystem, 'statfs'>, clock: Clock): RoomFor {
  let last: { readonly folder: string; readonly at: number; readonly free: Promise<number | null> } | null =
    null;
  let taken = 0;

  return async (folder, bytes) => {
    const now = clock.now();
    if (last?.folder !== folder || Math.abs(now - last.at) > LOOK_EVERY_MS) {
      last = { folder, at: now, free: freeBytes(files, folder) };
      taken = 0;
    }
    taken += bytes;
    const needed = taken;
    const free = await last.free;
    if (free === null || fits(needed, free) === null) return null;
    // Some of what was taken may be written by now, and counted twice.
    last = null;
    const freeNow = await freeBytes(files, folder);
    return freeNow === null ? null : fits(bytes, freeNow);
  };
}

/** Those of the other folders that are on the same disk as `folder`. */
export async function onSameDisk(
  files: Pick<FileSystem, 'stat'>,
  folder: string,
  others: readonly string[],
): Promise<string[]> {
  if (others.length === 0) return [];
  const diskOf = (path: string) => unlessUnknown(async () => (await files.stat(path)).dev);
  const [disk, ...disks] = await Promise.all([folder, ...others].map(diskOf));
  return others.filter((_, place) => disk !== null && disks[place] === disk);
}

async function unlessUnknown<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}
