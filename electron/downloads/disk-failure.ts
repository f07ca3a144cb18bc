import { type Failure, type FailureCode, failure } from '../contract/failure.ts';

/** What the file system's error codes mean for a file that is being written. */
const meanings: Readonly<Record<string, FailureCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EROFS: 'no-permission',
  ENOENT: 'folder-missing',
  ENOTDIR: 'folder-missing',
  EBUSY: 'file-busy',
  ETXTBSY: 'file-busy',
};

/** The code of an error of the file system, e.g. `ENOSPC`; null for any other error. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** An error of the file system as a failure. Any other error is a bug, and is thrown on. */
export function diskFailure(error: unknown): Failure {
  const code = errnoOf(error);
  if (code === null) throw error;
  return failure(meanings[code] ?? 'disk-error', code);
}
