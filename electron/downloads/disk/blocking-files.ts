import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { promisify } from 'node:util';
import type { FileSystem, OpenFile } from '../file-system.ts';

const datasync = promisify(fs.fdatasync);
const sync = promisify(fs.fsync);

/**
 * For a thread that has nothing else to do: calls that are answered from memory block, which costs a fraction of
 * handing them to another thread. Flushing waits for the disk itself, so it lets others work meanwhile.
 */
export const blockingFiles: FileSystem = {
  open: async (path, flags) => openFile(fs.openSync(path, flags)),
  lstat: async (path) => fs.lstatSync(path),
  stat: async (path) => fs.statSync(path),
  link: async (existing, path) => fs.linkSync(existing, path),
  rename: async (from, to) => fs.renameSync(from, to),
  unlink: async (path) => fs.unlinkSync(path),
  readdir: fsp.readdir,
  statfs: fsp.statfs,
};

const openFile = (fd: number): OpenFile => ({
  writev: async (buffers, position) => ({ bytesWritten: fs.writevSync(fd, buffers, position) }),
  read: async (buffer, offset, length, position) => ({
    bytesRead: fs.readSync(fd, buffer, offset, length, position),
  }),
  truncate: async (length) => fs.ftruncateSync(fd, length),
  datasync: () => datasync(fd),
  sync: () => sync(fd),
  close: async () => fs.closeSync(fd),
});
