import type { FileSystem, OpenFile } from '../../electron/downloads/file-system.ts';
import { realFiles } from '../../electron/downloads/real-files.ts';

/**
 * The real file system, whose `last` call kills the process: half of the time before the call has its effect, half of
 * the time when it has had it and nobody knows yet.
 */
export function killAfterCalls(last: number): FileSystem {
  let calls = 0;

  async function call<T>(work: () => Promise<T>): Promise<T> {
    calls += 1;
    const isLast = calls === last;
    if (isLast && last % 2 === 0) process.kill(process.pid, 'SIGKILL');
    const result = await work();
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return result;
  }

  const mortal = (file: OpenFile): OpenFile => ({
    writev: (...input) => call(() => file.writev(...input)),
    read: (...input) => call(() => file.read(...input)),
    truncate: (length) => call(() => file.truncate(length)),
    datasync: () => call(() => file.datasync()),
    sync: () => call(() => file.sync()),
    close: () => call(() => file.close()),
  });

  return {
    ...realFiles,
    open: (path, flags) => call(async () => mortal(await realFiles.open(path, flags))),
    lstat: (path) => call(() => realFiles.lstat(path)),
    link: (from, to) => call(() => realFiles.link(from, to)),
    rename: (from, to) => call(() => realFiles.rename(from, to)),
    unlink: (path) => call(() => realFiles.unlink(path)),
  };
}
