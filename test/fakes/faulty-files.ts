import { type FileSystem, realFiles } from '../../electron/downloads/file-system.ts';

/** An error as the operating system gives it. */
export const diskError = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });

/** The real file system with some of its calls replaced; `null` from a replacement means: as usual. */
export function faultyFiles(faults: {
  /** Called before each write with how many bytes were written to any file so far. */
  readonly beforeWrite?: (written: number) => Error | null;
  readonly before?: (call: 'open' | 'link' | 'rename' | 'unlink', path: string) => Error | null;
}): FileSystem {
  let written = 0;
  const check = (call: 'open' | 'link' | 'rename' | 'unlink', path: unknown) => {
    const error = faults.before?.(call, String(path)) ?? null;
    if (error) throw error;
  };
  return {
    lstat: realFiles.lstat,
    async open(path, flags) {
      check('open', path);
      const handle = await realFiles.open(path, flags);
      const write = handle.writev.bind(handle);
      handle.writev = async (...input) => {
        const error = faults.beforeWrite?.(written) ?? null;
        if (error) throw error;
        const result = await write(...input);
        written += result.bytesWritten;
        return result;
      };
      return handle;
    },
    async link(existing, path) {
      check('link', path);
      return realFiles.link(existing, path);
    },
    async rename(from, to) {
      check('rename', to);
      return realFiles.rename(from, to);
    },
    async unlink(path) {
      check('unlink', path);
      return realFiles.unlink(path);
    },
  };
}
