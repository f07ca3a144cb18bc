import type { Worker } from 'node:worker_threads';
import { type FileSystem, realFiles } from '../file-system.ts';
import { createPartFile } from '../part-file.ts';
import { createDiskAsker } from './ask-thread.ts';
import type { Disk } from './disk.ts';
import { createRemotePart } from './remote-part.ts';
import { createSharedMemory } from './shared-memory.ts';

export interface ThreadDisk extends Disk {
  close(): Promise<void>;
}

/** For less, telling the thread takes longer than doing it. */
const THREAD_FROM_BYTES = 1024 * 1024;

export interface ThreadDiskOptions {
  /** For what is done in the calling thread. */
  readonly files?: FileSystem;
  /** Parts that will hold less are written in the calling thread. */
  readonly fromBytes?: number;
}

/** Starts a thread with `disk-thread.ts` as its main module. */
export type StartDiskThread = () => Worker;

/** A disk with a thread of its own for all that takes time, started by the first such work. */
export function createThreadDisk(
  startThread: StartDiskThread,
  { files = realFiles, fromBytes = THREAD_FROM_BYTES }: ThreadDiskOptions = {},
): ThreadDisk {
  const { ask, close } = createDiskAsker(startThread);
  const memory = createSharedMemory();
  let parts = 0;

  return {
    files,
    async createPart(path, bytes = null) {
      if (bytes !== null && bytes < fromBytes) return createPartFile(files, path);
      const part = ++parts;
      return (await ask({ op: 'create', part, path })) ? createRemotePart({ ask }, memory, part, 0) : null;
    },
    async reopenPart(path, keep, signal) {
      const part = ++parts;
      const kept = await ask({ op: 'reopen', part, path, keep }, signal);
      return kept === null ? null : createRemotePart({ ask }, memory, part, kept);
    },
    md5Of: (path, signal) => ask({ op: 'md5Of', path }, signal),
    close,
  };
}
