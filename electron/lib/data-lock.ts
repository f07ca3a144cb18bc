import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Held as long as this process works with the folder. */
export interface DataLock {
  /** Lets others have it. */
  release(): void;
}

/** For whoever can't go on without the lock. */
export class DataInUseError extends Error {
  override readonly name = 'DataInUseError';
}

/** SQLite's result code for a file that somebody else has locked. */
const BUSY = 5;

/**
 * Makes sure that nobody else works with what is kept in `folder`, or answers null when somebody does. It is the lock
 * of an SQLite file of its own: the operating system takes it back however the process ends, so that nothing is left
 * over to be told from a lock that is held. Throws what SQLite says when the folder can't be written to.
 */
export function lockData(folder: string): DataLock | null {
  const file = new DatabaseSync(join(folder, 'cdr-desk.lock'));
  try {
    file.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => file.close() };
}

/** Extended result codes hold the plain one in their last byte. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === BUSY;
