/**
 * The real disk, through Node's calls with callbacks: thousands of small files are downloaded in half the time that its
 * promises and file handles take.
 */
import fs from 'node:fs';
import type { FileSystem, OpenFile } from './file-system.ts';

type Done<T> = (error: NodeJS.ErrnoException | null, value: T) => void;

const call = <T>(begin: (done: Done<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    begin((error, value) => (error ? reject(error) : resolve(value)));
  });

const openFile = (fd: number): OpenFile => ({
  fd,
  writev: (buffers, position) =>
    new Promise((resolve, reject) => {
      fs.writev(fd, buffers, position, (error, bytesWritten) =>
        error ? reject(error) : resolve({ bytesWritten }),
      );
    }),
  read: (buffer, offset, length, position) =>
    new Promise((resolve, reject) => {
      fs.read(fd, buffer, offset, length, position, (error, bytesRead) =>
        error ? reject(error) : resolve({ bytesRead }),
      );
    }),
  truncate: (length) => call((done) => fs.ftruncate(fd, length, done)),
  datasync: () => call((done) => fs.fdatasync(fd, done)),
  sync: () => call((done) => fs.fsync(fd, done)),
  close: () => call((done) => fs.close(fd, done)),
});

export const realFiles: FileSystem = {
  open: async (path, flags) => openFile(await call((done) => fs.open(path, flags, done))),
  lstat: (path) => call((done) => fs.lstat(path, done)),
  link: (existing, path) => call((done) => fs.link(existing, path, done)),
  rename: (from, to) => call((done) => fs.rename(from, to, done)),
  unlink: (path) => call((done) => fs.unlink(path, done)),
  readdir: (path) => call((done) => fs.readdir(path, done)),
  stat: (path) => call((done) => fs.stat(path, done)),
  statfs: (path) => call((done) => fs.statfs(path, done)),
};
