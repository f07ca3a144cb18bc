import type { Worker } from 'node:worker_threads';
import { realFiles } from '../file-system.ts';
import { createDiskAsker } from './ask-thread.ts';
import type { Disk } from './disk.ts';
import { createRemotePart } from './remote-part.ts';
import { createSharedMemory } from './shared-memory.ts';

export interface ThreadDisk extends Disk {
  close(): Promise<void>;
}

/** Starts a thread with `disk-thread.ts` as its main module. */
export type StartDiskThread = () => Worker;

/** A disk with a thread of its own, started by the first work for it. */
export function createThreadDisk(startThread: StartDiskThread): ThreadDisk {
  const { ask, close } = createDiskAsker(startThread);
  const memory = createSharedMemory();
  let parts = 0;

  return {
    files: {
      ...realFiles,
      async lstat(path) {
        const { size, isFile } = await ask({ op: 'lstat', path: String(path) });
        return { size, isFile: () => isFile };
      },
      link: async (from, to) => void (await ask({ op: 'link', from: String(from), to: String(to) })),
      rename: async (from, to) => void (await ask({ op: 'rename', from: String(from), to: String(to) })),
      unlink: async (path) => void (await ask({ op: 'unlink', path: String(path) })),
    },
    async createPart(path) {
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
