/** Folders for what has arrived of files that take several requests: one for each row, named by its id. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from './disk-failure.ts';

export interface WorkFolders {
  /** The path of the row's folder, which is there. */
  make(id: number): Promise<string>;
  /**
   * Deletes the row's folder, if one was made since the start or found at it. What can't be deleted now is deleted at
   * the next start.
   */
  remove(id: number): Promise<void>;
  /** Deletes the folders of all rows that `isNeeded` is not true for. */
  removeOthers(isNeeded: (id: number) => boolean): Promise<void>;
}

/** `root`: a folder for nothing else, made when it is needed. */
export function createWorkFolders(root: string): WorkFolders {
  /** Most files need none, and to look for each costs more than to remember. */
  const there = new Set<string>();
  const pathOf = (name: string | number) => join(root, String(name));

  async function removeFolder(name: string | number): Promise<void> {
    try {
      if (there.delete(String(name))) await rm(pathOf(name), { recursive: true, force: true });
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
  }

  async function namesIn(folder: string): Promise<string[]> {
    try {
      return await readdir(folder);
    } catch (error) {
      if (errnoOf(error) === null) throw error;
      return [];
    }
  }

  return {
    async make(id) {
      there.add(String(id));
      await mkdir(pathOf(id), { recursive: true });
      return pathOf(id);
    },
    remove: removeFolder,
    async removeOthers(isNeeded) {
      for (const name of await namesIn(root)) {
        there.add(name);
        if (!isNeeded(Number(name))) await removeFolder(name);
      }
    },
  };
}
