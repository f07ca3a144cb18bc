import { MessageChannel, type Worker } from 'node:worker_threads';
import { serveDisk } from '../../electron/downloads/disk/serve-disk.ts';
import { createThreadDisk, type ThreadDisk } from '../../electron/downloads/disk/thread-disk.ts';
import type { FileSystem } from '../../electron/downloads/file-system.ts';

/** A disk that is asked as the one in another thread is, but is in this one, so that its files can have faults. */
export function remoteDisk(files: FileSystem): ThreadDisk {
  const startThread = () => {
    const { port1: here, port2: there } = new MessageChannel();
    there.on(
      'message',
      serveDisk(files, (answers) => there.postMessage(answers)),
    );
    there.unref();
    async function terminate(): Promise<number> {
      here.close();
      return 0;
    }
    return Object.assign(here, { terminate }) as unknown as Worker;
  };
  return createThreadDisk(startThread, { files, fromBytes: 0 });
}
