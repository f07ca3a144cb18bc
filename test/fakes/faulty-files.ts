import type { FileSystem, OpenFile } from '../../electron/downloads/file-system.ts';
import { realFiles } from '../../electron/downloads/real-files.ts';

/** An error as the operating system gives it. */
export const diskError = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });

/** Those of the calls for an open file that can go wrong have the file's path. */
export type DiskCall =
  | 'open'
  | 'link'
  | 'rename'
  | 'unlink'
  | 'readdir'
  | 'statfs'
  | 'writev'
  | 'datasync'
  | 'sync'
  | 'truncate';

/** `null` lets the call be made, as soon as it is known. */
type Verdict = Error | null | Promise<Error | null>;

export interface DiskFaults {
  /** Called before each write with how many bytes were written to any file so far. */
  readonly beforeWrite?: (written: number) => Verdict;
  readonly before?: (call: DiskCall, path: string) => Verdict;
  /** As many bytes as one write may write. */
  readonly mostPerWrite?: number;
}

/** The real file system with faults in some of its calls. */
export function faultyFiles(faults: DiskFaults): FileSystem {
  let written = 0;

  async function check(call: DiskCall, path: unknown): Promise<void> {
    const error = await faults.before?.(call, String(path));
    if (error) throw error;
  }

  const withFaults = (file: OpenFile, path: unknown): OpenFile => ({
    async writev(buffers, position) {
      await check('writev', path);
      const error = await faults.beforeWrite?.(written);
      if (error) throw error;
      const result = await file.writev(within(buffers, faults.mostPerWrite), position);
      written += result.bytesWritten;
      return result;
    },
    read: (...where) => file.read(...where),
    async truncate(length) {
      await check('truncate', path);
      return file.truncate(length);
    },
    async datasync() {
      await check('datasync', path);
      return file.datasync();
    },
    async sync() {
      await check('sync', path);
      return file.sync();
    },
    close: () => file.close(),
  });

  return {
    ...realFiles,
    async open(path, flags) {
      await check('open', path);
      return withFaults(await realFiles.open(path, flags), path);
    },
    async link(existing, path) {
      await check('link', path);
      return realFiles.link(existing, path);
    },
    async rename(from, to) {
      await check('rename', to);
      return realFiles.rename(from, to);
    },
    async unlink(path) {
      await check('unlink', path);
      return realFiles.unlink(path);
    },
    async readdir(path) {
      await check('readdir', path);
      return realFiles.readdir(path);
    },
    async statfs(path) {
      await check('statfs', path);
      return realFiles.statfs(path);
    },
  };
}

/** The first `most` bytes of the first buffer that is not empty; all buffers without such a bound. */
function within(buffers: readonly Uint8Array[], most: number | undefined): Uint8Array[] {
  if (most === undefined) return [...buffers];
  return buffers
    .filter(({ length }) => length > 0)
    .slice(0, 1)
    .map((first) => first.subarray(0, most));
}
