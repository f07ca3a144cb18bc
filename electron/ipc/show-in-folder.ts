import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';

export type ShowInFolder = (path: string | null) => Promise<Result<null>>;

/** Shows a file in the system's file manager; failure `file-missing` when it is no longer there. */
export function createShowInFolder(show: (path: string) => void): ShowInFolder {
  return async (path) => {
    if (path === null) return failed(failure('file-missing', 'no path is known'));
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (!there) return failed(failure('file-missing', 'not on disk', { subject: basename(path) }));
    show(path);
    return ok(null);
  };
}
