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

/** SQLite's own numbers (sqlite.org/rescode.html) for records that can't be written. */
const recordCodes: Readonly<Record<number, FailureCode>> = {
  8: 'no-permission',
  10: 'disk-error',
  13: 'disk-full',
  14: 'disk-error',
};

/** An error of the records' own disk, as SQLite or the system tells it, as a failure; null for any other error. */
export function recordsFailure(error: unknown): Failure | null {
  const errno = errnoOf(error);
  if (errno !== null) return failure(meanings[errno] ?? 'disk-error', `records: ${errno}`);
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  // The higher bytes say in which of SQLite's steps it happened.
  const code = recordCodes[error.errcode & 0xff];
  return code === undefined ? null : failure(code, `records: SQLite error ${error.errcode}`);
}
