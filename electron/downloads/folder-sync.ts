import { errnoOf } from './disk-failure.ts';
import type { FileSystem, OpenFile } from './file-system.ts';

/** Makes the names in a folder safe against a power cut. */
export type SyncFolder = (folder: string) => Promise<void>;

/**
 * Calls that come while a folder is being synchronised wait together for one more time, which then covers them all.
 * Windows has no such call, and needs none; a folder that can't be synchronised is left as it is.
 */
export function createFolderSync(files: Pick<FileSystem, 'open'>): SyncFolder {
  const underWay = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();

  function start(folder: string): Promise<void> {
    next.delete(folder);
    const syncing = sync(files, folder).finally(() => {
      if (underWay.get(folder) === syncing) underWay.delete(folder);
    });
    underWay.set(folder, syncing);
    return syncing;
  }

  return (folder) => {
    const current = underWay.get(folder);
    if (!current) return start(folder);
    const joined = next.get(folder) ?? current.catch(() => {}).then(() => start(folder));
    next.set(folder, joined);
    return joined;
  };
}

async function sync(files: Pick<FileSystem, 'open'>, folder: string): Promise<void> {
  let handle: OpenFile | null = null;
  try {
    handle = await files.open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  } finally {
    await handle?.close();
  }
}
