import type { DownloadNote } from '../contract/download.ts';
import type { Failure } from '../contract/failure.ts';
import type { Outcome } from '../contract/history.ts';
import type { Clock } from '../lib/clock.ts';
import type { FileSource } from './file-source.ts';
import type { FileSystem } from './file-system.ts';
import type { QueueRow } from './queue-row.ts';
import type { QueueStore } from './queue-store.ts';

/** A row while it is being worked on. Nobody else changes it in the meantime. */
export interface Run {
  /** Aborted when a person or the end of the program stops it. */
  readonly signal: AbortSignal;
  /** The row as it is now. */
  row(): QueueRow;
  /** Changes the row and writes it down before it returns. */
  save(change: Partial<QueueRow>): void;
  /** For showing only: bytes written so far, and in all where that is known. */
  progress(received: number, total: number | null): void;
}

/** What a run works with. */
export interface RunParts {
  readonly source: FileSource;
  readonly files: FileSystem;
  readonly clock: Clock;
  /** Downloads into this folder with a name that folds to this one. */
  readonly holdersOf: QueueStore['holdersOf'];
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
  /** Stopped by its signal; the row says how far it came. */
  | { readonly kind: 'stopped' };

export const failedRun = (failure: Failure, arrived: Arrived | null = null): RunEnd => ({
  kind: 'failed',
  failure,
  arrived,
});
