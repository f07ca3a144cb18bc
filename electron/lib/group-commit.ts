/**
 * Changes to the records share a transaction with all others that come while the one before is being made safe: what a
 * transaction costs is waiting for the disk, once for all of them, and not on the program's own thread.
 */
import type { Database } from './database.ts';

export interface GroupCommit {
  /**
   * Does `work` in the next transaction, whole or, when it throws, not at all. Resolves once it is safe on the disk;
   * rejects with what `work` threw, which leaves the others alone, or with what kept the transaction from its end.
   */
  commit<T>(work: () => T): Promise<T>;
}

interface Waiting {
  /** Does the work and answers with what is to be told once it is safe. */
  readonly work: () => () => void;
  readonly reject: (error: unknown) => void;
}

export function createGroupCommit(
  database: Pick<Database, 'prepare' | 'transactionToFlush' | 'flush'>,
): GroupCommit {
  const begin = database.prepare('SAVEPOINT one_of_the_group');
  const keep = database.prepare('RELEASE one_of_the_group');
  const undo = database.prepare('ROLLBACK TO one_of_the_group');
  let waiting: Waiting[] = [];
  let working = false;

  function tryOne({ work, reject }: Waiting): () => void {
    begin.run();
    let tell: () => void;
    try {
      tell = work();
    } catch (error) {
      if (!isUndone()) throw error;
      tell = () => reject(error);
    }
    keep.run();
    return tell;
  }

  /** SQLite itself ends the whole transaction after some errors, a full disk for one: then nothing of it can stay. */
  function isUndone(): boolean {
    try {
      undo.run();
      return true;
    } catch {
      return false;
    }
  }

  async function commitGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const tell = database.transactionToFlush(() => group.map(tryOne));
      await database.flush();
      for (const one of tell) one();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  async function commitAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await commitGroup(group);
    }
    working = false;
  }

  function start(): void {
    if (working) return;
    working = true;
    setImmediate(() => void commitAll());
  }

  return {
    commit: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({
          work() {
            const result = work();
            return () => resolve(result);
          },
          reject,
        });
        start();
      }),
  };
}
