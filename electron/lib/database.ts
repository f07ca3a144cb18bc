/**
 * One SQLite file, safe against crashes and power cuts: a transaction that was committed stays. Each part of the
 * program keeps its own tables in it, and its own numbered migrations.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

export interface Database {
  prepare(sql: string): StatementSync;
  /** Does all of `work` or, when it throws, nothing of it. Inside another transaction it becomes part of that one. */
  transaction<T>(work: () => T): T;
  /** A transaction that does not wait for the disk: whole or not at all, but safe only after the next `flush`. */
  transactionToFlush<T>(work: () => T): T;
  /**
   * Makes every transaction so far safe against a power cut, without holding up the program meanwhile. Once the disk
   * has refused, it fails until the file is opened anew.
   */
  flush(): Promise<void>;
  /**
   * Brings the tables of `part` up to date: runs those of the numbered migrations that this file has not seen,
   * each with its new number in one transaction. Throws `NewerDatabaseError` when it has seen more than there are.
   */
  migrate(part: string, migrations: readonly string[]): void;
  close(): void;
}

/** The file was written by a later version of the program; this one must not touch it. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';

  constructor(part: string, found: number, known: number) {
    super(
      `The records (${part}, version ${found}) were written by a newer version of this application, ` +
        `which knows version ${known} at most. Please install the newest version.`,
    );
  }
}

/** How long to wait for another process that holds the file. */
const BUSY_TIMEOUT_MS = 5000;

/** Opens the file, or makes it. `:memory:` is a database that ends with its closing. */
export function openDatabase(path: string): Database {
  const sqlite = new DatabaseSync(path);
  try {
    // On macOS, an ordinary flush ends in the disk's own memory (sqlite.org/pragma.html#pragma_fullfsync).
    sqlite.exec(`
      PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = ON;
      PRAGMA checkpoint_fullfsync = ON;
      PRAGMA foreign_keys = ON;
      CREATE TABLE IF NOT EXISTS schema_versions (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
    `);
  } catch (error) {
    // A damaged file is to be renamed or restored, which an open one on Windows cannot be.
    sqlite.close();
    throw error;
  }
  let inTransaction = false;
  let log: Promise<FileHandle> | null = null;
  let lost: Error | null = null;

  function transaction<T>(work: () => T): T {
    if (inTransaction) return work();
    sqlite.exec('BEGIN IMMEDIATE');
    inTransaction = true;
    try {
      const result = work();
      sqlite.exec('COMMIT');
      return result;
    } catch (error) {
      rollBack();
      throw error;
    } finally {
      inTransaction = false;
    }
  }

  /** SQLite itself ends the transaction after some errors, a full disk for one: then there is nothing to undo. */
  function rollBack(): void {
    try {
      sqlite.exec('ROLLBACK');
    } catch {}
  }

  /** NORMAL leaves out one step of FULL: to flush the log at the end of a transaction (sqlite.org/wal.html, 3.2). */
  function transactionToFlush<T>(work: () => T): T {
    if (inTransaction) return work();
    sqlite.exec('PRAGMA synchronous = NORMAL');
    try {
      return transaction(work);
    } finally {
      sqlite.exec('PRAGMA synchronous = FULL');
    }
  }

  /** It stays one file for as long as the database is open. Windows flushes what may be written only. */
  async function openLog(): Promise<FileHandle> {
    try {
      return await open(`${path}-wal`, 'r+');
    } catch (error) {
      log = null;
      throw error;
    }
  }

  async function flush(): Promise<void> {
    if (path === ':memory:') return;
    if (lost) throw lost;
    log ??= openLog();
    const handle = await log;
    try {
      await handle.datasync();
    } catch (error) {
      // Some systems tell it once only: that the next flush succeeds would not mean that these changes are safe.
      lost = error instanceof Error ? error : new Error(String(error));
      throw lost;
    }
  }

  return {
    prepare: (sql) => sqlite.prepare(sql),
    transaction,
    transactionToFlush,
    flush,
    migrate(part, migrations) {
      const row = sqlite.prepare('SELECT version FROM schema_versions WHERE part = ?').get(part);
      const found = Number(row?.version ?? 0);
      if (found > migrations.length) throw new NewerDatabaseError(part, found, migrations.length);
      const note = sqlite.prepare(
        'INSERT INTO schema_versions VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET version = excluded.version',
      );
      for (const [index, sql] of migrations.entries()) {
        if (index < found) continue;
        transaction(() => {
          sqlite.exec(sql);
          note.run(part, index + 1);
        });
      }
    },
    close() {
      sqlite.close();
      void log?.then((handle) => handle.close()).catch(() => {});
    },
  };
}
