/** Whether what is to be added to the queue has room on its disk, with what the queue is still to write there. */
import { join } from 'node:path';
import type { Failure } from '../contract/failure.ts';
import type { FileReference } from '../history/file-reference.ts';
import type { Board } from './board.ts';
import { type FileSystem, fileSize } from './file-system.ts';
import type { QueueStore } from './queue-store.ts';
import { fits, freeBytes, onSameDisk } from './room.ts';

export interface RoomToAddOptions {
  readonly files: FileSystem;
  readonly store: Pick<QueueStore, 'unfinished'>;
  readonly board: Pick<Board, 'bytesToCome'>;
}

/** Files that are looked for on the disk at a time. */
const LOOKED_FOR_AT_ONCE = 100;

/** Failure `no-room`, or null; see `RoomFor`. A size that nobody knows counts nothing. */
export async function roomToAdd(
  options: RoomToAddOptions,
  references: readonly FileReference[],
  folder: string,
): Promise<Failure | null> {
  const free = await freeBytes(options.files, folder);
  if (free === null) return null;
  const queued = await queuedBytes(options, folder);
  const listed = references.reduce((sum, { size }) => sum + (size ?? 0), 0);
  // Only when that is too much it is worth its time to see how much of it would really be written.
  if (!fits(queued + listed, free)) return null;
  return fits(queued + (await missingBytes(options, references, folder)), free);
}

/** What the queue is still to write to the disk that `folder` is on. */
async function queuedBytes({ files, board }: RoomToAddOptions, folder: string): Promise<number> {
  const toCome = board.bytesToCome();
  const others = [...toCome.keys()].filter((path) => path !== folder);
  const there = [folder, ...(await onSameDisk(files, folder, others))];
  return there.reduce((sum, path) => sum + (toCome.get(path) ?? 0), 0);
}

/** Bytes of those files that are neither counted with the queue nor on the disk already. */
async function missingBytes(
  options: RoomToAddOptions,
  references: readonly FileReference[],
  folder: string,
): Promise<number> {
  let bytes = 0;
  for (let at = 0; at < references.length; at += LOOKED_FOR_AT_ONCE) {
    const some = references.slice(at, at + LOOKED_FOR_AT_ONCE);
    const missing = await Promise.all(some.map((reference) => missingOf(options, reference, folder)));
    bytes = missing.reduce((sum, size) => sum + size, bytes);
  }
  return bytes;
}

async function missingOf(
  { files, store }: RoomToAddOptions,
  { accountKey, fileId, name, size }: FileReference,
  folder: string,
): Promise<number> {
  if (size === null) return 0;
  const known = store.unfinished(accountKey, fileId, folder);
  if (known) return known.state === 'failed' ? Math.max(0, size - known.received) : 0;
  return (await fileSize(files, join(folder, name))) === size ? 0 : size;
}
