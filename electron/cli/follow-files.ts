/** Follows those rows of the queue that a command has put there, until each has come to its end. */
import { join } from 'node:path';
import type { Download, DownloadHold, DownloadNote } from '../contract/download.ts';
import type { DownloadState } from '../contract/download-state.ts';
import type { Failure, FailureCode } from '../contract/failure.ts';
import type { Outcome } from '../contract/history.ts';
import type { Clock } from '../lib/clock.ts';
import { isBeingMade, type MakingFile, makingFile } from './making-file.ts';

/** A file that has come to its end. */
export interface EndedFile {
  /** As it was listed. */
  readonly file: string;
  readonly outcome: Outcome;
  readonly failure: FailureCode | null;
  /** Where it is; null when it is nowhere. */
  readonly path: string | null;
  readonly attempts: number;
  /** Bytes that came over the network to stay. */
  readonly bytes: number;
  readonly notes: readonly DownloadNote[];
}

/** A file that is tried again later. */
export interface WaitingFile {
  readonly file: string;
  readonly failure: Failure;
  /** Milliseconds since 1970, UTC. */
  readonly nextTryAt: number;
}

export interface FollowOptions {
  /** The names of the followed rows as they were listed, by their ids. */
  readonly names: ReadonlyMap<number, string>;
  readonly clock: Clock;
  onEnded(files: readonly EndedFile[]): void;
  onWaiting(files: readonly WaitingFile[]): void;
  /** Called when the making of a file has begun, and with each step of it. */
  onMaking(files: readonly MakingFile[]): void;
}

export interface Follower {
  /** Takes note of rows as they are now; rows of others are passed over. */
  take(rows: readonly Download[], hold: DownloadHold | null): void;
  /** How many have not come to their end. */
  readonly pending: number;
  /** Bytes of all followed rows, and how many of them are there. */
  readonly bytes: { readonly done: number; readonly total: number };
  /** Rows that bytes are coming for. */
  running(): Download[];
  /** Files that are being made. */
  making(): MakingFile[];
  /**
   * Since when (milliseconds since 1970, UTC) every row that is left waits for a later try and nothing has come;
   * null while something is going on, and a file that is being made is that.
   */
  waitingSince(): number | null;
  /** Gives up on what is left: it counts as failed for whatever it waits for, and stays in the queue. */
  giveUp(): void;
}

/** A shorter wait is over before anybody has read of it. */
const WORTH_TELLING_MS = 4000;

const outcomes: Record<DownloadState, ((download: Download) => Outcome) | null> = {
  waiting: null,
  downloading: null,
  verifying: null,
  paused: null,
  done: ({ notes }) => (notes.includes('no-checksum') ? 'unverified' : 'verified'),
  'already-there': () => 'already-there',
  failed: () => 'failed',
  cancelled: () => 'cancelled',
};

export function followFiles({ names, clock, onEnded, onWaiting, onMaking }: FollowOptions): Follower {
  /** Rows that have not come to their end, as far as they have been seen. */
  const left = new Map<number, Download | null>();
  for (const id of names.keys()) left.set(id, null);
  const told = new Map<number, FailureCode>();
  /** How far each file was made when that was last told. */
  const toldSteps = new Map<number, number | null>();
  let hold: DownloadHold | null = null;
  let lastProgressAt = clock.now();
  let done = 0;
  let total = 0;

  const nameOf = (row: Download) => names.get(row.id) ?? row.name;

  function count(before: Download | null, now: Download): void {
    done += now.received - (before?.received ?? 0);
    total += sizeOf(now) - (before ? sizeOf(before) : 0);
    const isMade = isBeingMade(now) || (before !== null && isBeingMade(before));
    if (isMade || now.received > (before?.received ?? 0)) lastProgressAt = clock.now();
  }

  function end(row: Download, outcome: Outcome, why = row.failure): EndedFile {
    left.delete(row.id);
    lastProgressAt = clock.now();
    const isThere = outcome !== 'failed' && outcome !== 'cancelled';
    return {
      file: nameOf(row),
      outcome,
      failure: outcome === 'failed' ? (why?.code ?? 'unexpected') : null,
      path: isThere ? join(row.folder, row.name) : null,
      attempts: row.attempts,
      bytes: row.state === 'done' ? sizeOf(row) : 0,
      notes: isThere ? row.notes : [],
    };
  }

  /** Why a row waits, when it does; a row whose turn is still to come does not. */
  function reasonOf(row: Download): Failure | null {
    if (row.state !== 'waiting') return null;
    const unreachable = hold?.reason === 'unreachable' ? hold.failure : null;
    return isBeingMade(row) ? unreachable : (row.failure ?? unreachable);
  }

  function worthTelling(row: Download): WaitingFile[] {
    const { failure, nextTryAt } = row;
    if (row.state !== 'waiting' || !failure || isBeingMade(row) || nextTryAt === null) return [];
    if (nextTryAt - clock.now() < WORTH_TELLING_MS || told.get(row.id) === failure.code) return [];
    told.set(row.id, failure.code);
    return [{ file: nameOf(row), failure, nextTryAt }];
  }

  /** The first step that is seen, and each that is another one than before. */
  function newStep(row: Download): MakingFile[] {
    if (!isBeingMade(row)) return [];
    const making = makingFile(row, nameOf(row));
    if (toldSteps.get(row.id) === making.done) return [];
    toldSteps.set(row.id, making.done);
    return [making];
  }

  return {
    take(rows, newHold) {
      hold = newHold;
      const ended: EndedFile[] = [];
      const waiting: WaitingFile[] = [];
      const making: MakingFile[] = [];
      for (const row of rows) {
        const before = left.get(row.id);
        if (before === undefined) continue;
        count(before, row);
        left.set(row.id, row);
        const outcome = outcomes[row.state];
        if (outcome) ended.push(end(row, outcome(row)));
        else {
          waiting.push(...worthTelling(row));
          making.push(...newStep(row));
        }
      }
      if (ended.length > 0) onEnded(ended);
      if (waiting.length > 0) onWaiting(waiting);
      if (making.length > 0) onMaking(making);
    },
    get pending() {
      return left.size;
    },
    get bytes() {
      return { done, total };
    },
    running: () =>
      [...left.values()].flatMap((row) =>
        row?.state === 'downloading' || row?.state === 'verifying' ? row : [],
      ),
    making: () =>
      [...left.values()].flatMap((row) => (row && isBeingMade(row) ? makingFile(row, nameOf(row)) : [])),
    waitingSince() {
      for (const row of left.values()) if (!row || !reasonOf(row)) return null;
      return lastProgressAt;
    },
    giveUp() {
      const rows = [...left.values()].flatMap((row) => row ?? []);
      onEnded(rows.map((row) => end(row, 'failed', reasonOf(row))));
    },
  };
}

const sizeOf = (row: Download): number => row.size ?? row.received;
