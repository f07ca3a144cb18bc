import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { diskFailure, recordsFailure } from '../downloads/disk-failure.ts';
import { lockData } from '../lib/data-lock.ts';
import { type Database, NewerDatabaseError, openDatabase } from '../lib/database.ts';

/** The queue and the history of a data folder, for this process alone. */
export interface Records {
  readonly database: Database;
  close(): void;
}

/** Where a data folder keeps its queue and its history. */
export const recordsFile = (dataFolder: string): string => join(dataFolder, 'cdr-desk.sqlite');

/**
 * Opens the records, and makes the folder where there is none. Failure `in-use` while another process works with them:
 * a queue is one program's work.
 */
export function openRecords(dataFolder: string): Result<Records> {
  try {
    mkdirSync(dataFolder, { recursive: true });
    const lock = lockData(dataFolder);
    if (!lock) return failed(failure('in-use', 'the data folder is locked', { subject: dataFolder }));
    try {
      const database = openDatabase(recordsFile(dataFolder));
      return ok({
        database,
        close() {
          database.close();
          lock.release();
        },
      });
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    return failed(explainRecords(error));
  }
}

/** What keeps records from being opened or read. Any other error is a bug, and is thrown on. */
export function explainRecords(error: unknown): Failure {
  if (error instanceof NewerDatabaseError) return failure('disk-error', error.message);
  return recordsFailure(error) ?? diskFailure(error);
}
