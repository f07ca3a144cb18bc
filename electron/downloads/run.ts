import type { DownloadNote } from '../contract/download.ts';
import type { Failure } from '../contract/failure.ts';
import type { Outcome } from '../contract/history.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { FileSource, Job } from './file-source.ts';
import type { FileSystem } from './file-system.ts';
import type { FlushPart } from './flush-together.ts';
import type { SyncFolder } from './folder-sync.ts';
import type { NameClaims } from './name-claims.ts';
import type { QueueRow } from './queue-row.ts';
import type { QueueStore } from './queue-store.ts';
import type { RoomFor } from './room.ts';
import type { SpeedLimit } from './speed-limit.ts';
import type { WriteThread } from './write-thread.ts';

/** A row while it is being worked on. Nobody else changes it in the meantime. */
export interface Run {
  /** Aborted when a person or the end of the program stops it. */
  readonly signal: AbortSignal;
  /** The row as it is now. */
  row(): QueueRow;
  /** Changes the row at once, and resolves when the change is safe on the disk. */
  save(change: Partial<QueueRow>): Promise<void>;
  readonly job: Job;
  /** Resolves when a request for the file may be sent; to false when the run was stopped before it could be. */
  turn(): Promise<boolean>;
  /**
   * All bytes of a file are there, so another run may send its request. That waits for the end of this run otherwise:
   * what else a service says may concern the requests to come.
   */
  turnOver(): void;
  /** For showing only: bytes written so far, and in all where that is known. */
  progress(received: number, total: number | null): void;
}

/** What a run works with. */
export interface RunParts {
  readonly source: FileSource;
  /** To be called when the service has answered, whatever it said. */
  readonly onAnswer: () => void;
  readonly files: FileSystem;
  readonly clock: Clock;
  /** Downloads into this folder with a name that folds to this one. */
  readonly holdersOf: QueueStore['holdersOf'];
  /** Whether the history knows this file as downloaded into this folder. */
  readonly wasDownloaded: HistoryStore['wasDownloaded'];
  /** The files of this size in a folder, by name. */
  readonly filesOfSize: (folder: string, size: number) => Promise<readonly string[]>;
  /** Null: everything is written from this thread. */
  readonly writeThread: WriteThread | null;
  readonly names: NameClaims;
  readonly speedLimit: SpeedLimit;
  readonly flushPart: FlushPart;
  readonly syncFolder: SyncFolder;
  /** Failure `no-room` when so many bytes more would not fit into this folder, null when they do. */
  readonly roomFor: RoomFor;
}

/** Bytes that are all there. MD5 in lower-case hex. */
export interface Arrived {
  readonly size: number;
  readonly md5: string;
}

/** How a run ended. */
export type RunEnd =
  | {
      readonly kind: 'done';
      readonly outcome: Extract<Outcome, 'verified' | 'unverified' | 'already-there'>;
      readonly arrived: Arrived;
      readonly notes: readonly DownloadNote[];
    }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      /** What arrived whole but was not right. */
      readonly arrived: Arrived | null;
    }
  /** The service itself could not be reached, before anything was asked for this file. */
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  /** Stopped by its signal; the row says how far it came. */
  | { readonly kind: 'stopped' };

export const failedRun = (failure: Failure, arrived: Arrived | null = null): RunEnd => ({
  kind: 'failed',
  failure,
  arrived,
});

// A certificate that nobody trusts is no matter of time: a person has to look at it.
const unreachable = ['connection-refused', 'host-not-found', 'timed-out', 'connection-lost', 'tls-failed'];

/** The end of a run whose question to the service itself, for a token or a list, was not answered well. */
export const unansweredRun = (failure: Failure): RunEnd =>
  unreachable.includes(failure.code) ? { kind: 'unreachable', failure } : failedRun(failure);
