import type { CheckResult, HistoryEntry } from '../contract/history.ts';
import { errnoOf } from './disk-failure.ts';
import type { FileSystem } from './file-system.ts';
import { md5OfFile } from './hash-file.ts';
import { realFiles } from './real-files.ts';

/**
 * Reads a downloaded file again, and compares it with what arrived. A file under the name of a download that
 * brought none is not the one that was asked for: `changed`.
 */
export async function checkAgain(
  entry: Pick<HistoryEntry, 'path' | 'md5'>,
  files: FileSystem = realFiles,
): Promise<CheckResult> {
  try {
    return (await md5OfFile(files, entry.path)) === entry.md5 ? 'same' : 'changed';
  } catch (error) {
    const code = errnoOf(error);
    if (code === null) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}
