import { DataInUseError } from '../lib/data-lock.ts';
import { NewerDatabaseError } from '../lib/database.ts';
import { errorCode } from '../lib/error-code.ts';

/** What a person reads when the application cannot start. */
export interface StartFailure {
  readonly headline: string;
  /** What to do, and a technical line for support. */
  readonly text: string;
}

interface Words {
  readonly headline: string;
  readonly next: string;
}

const again = 'If it happens again, send this text to your support.';

const words = {
  full: {
    headline: 'The disk is full.',
    next: 'CDR Desk needs some room to write down what it does. Delete something, then start it again.',
  },
  unwritable: {
    headline: 'CDR Desk cannot write into its own folder.',
    next: 'Ask your IT support for the right to write there, then start CDR Desk again.',
  },
  damaged: {
    headline: 'The records of your downloads are damaged.',
    next:
      'Files that were downloaded are not affected. Ask your IT support to bring back cdr-desk.sqlite in the folder ' +
      'below from a backup, or to rename it: CDR Desk then starts with an empty list and an empty history.',
  },
  busy: {
    headline: 'Another program holds the records of your downloads.',
    next: `Wait a minute, then start CDR Desk again. ${again}`,
  },
  inUse: {
    headline: 'CDR Desk is at work on these downloads already.',
    next: 'Its command line may be running on this computer. Wait until it has finished, then start CDR Desk again.',
  },
  other: { headline: 'CDR Desk could not start.', next: `Restart the computer and try again. ${again}` },
} as const satisfies Record<string, Words>;

/** By SQLite's own result codes, and by those of the system. */
const bySqlite: Readonly<Record<number, Words>> = {
  3: words.unwritable, // PERM
  5: words.busy, // BUSY
  6: words.busy, // LOCKED
  8: words.unwritable, // READONLY
  11: words.damaged, // CORRUPT
  13: words.full, // FULL
  14: words.unwritable, // CANTOPEN
  26: words.damaged, // NOTADB
};
const bySystem: Readonly<Record<string, Words>> = {
  ENOSPC: words.full,
  EDQUOT: words.full,
  EACCES: words.unwritable,
  EPERM: words.unwritable,
  EROFS: words.unwritable,
  EEXIST: words.unwritable,
  ENOTDIR: words.unwritable,
  ENOENT: words.unwritable,
};

/** In plain words, why the application cannot start. `folder` is its own: settings, queue and history. */
export function explainStartFailure(error: unknown, folder: string): StartFailure {
  if (error instanceof NewerDatabaseError) {
    return { headline: 'A newer version of CDR Desk was used here.', text: error.message };
  }
  if (error instanceof DataInUseError)
    return { headline: words.inUse.headline, text: `${words.inUse.next}\n\nFolder: ${folder}` };
  const code = errorCode(error);
  const sqlite = sqliteCode(error);
  const { headline, next } = (sqlite === null ? bySystem[code] : bySqlite[sqlite]) ?? words.other;
  const technical = sqlite === null ? code : `${code} ${sqlite}`;
  return { headline, text: `${next}\n\nFolder: ${folder}\nFor support: ${technical}` };
}

/** Extended result codes hold the plain one in their last byte. */
function sqliteCode(error: unknown): number | null {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}
