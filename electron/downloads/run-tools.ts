import type { HistoryStore } from '../history/history-store.ts';
import type { Clock } from '../lib/clock.ts';
import type { FileSystem } from './file-system.ts';
import { createFlushTogether } from './flush-together.ts';
import { createFilesOfSize } from './folder-sizes.ts';
import { createFolderSync } from './folder-sync.ts';
import { createNameClaims } from './name-claims.ts';
import type { QueueStore } from './queue-store.ts';
import type { RoomFor } from './room.ts';
import type { RunParts } from './run.ts';
import { createSpeedLimit } from './speed-limit.ts';
import type { WriteThread } from './write-thread.ts';

export interface RunToolsOptions {
  readonly files: FileSystem;
  readonly clock: Clock;
  readonly store: Pick<QueueStore, 'holdersOf'>;
  readonly history: Pick<HistoryStore, 'wasDownloaded'>;
  /** Bytes a second for the whole queue; null: as fast as it goes. */
  readonly speedLimit: () => number | null;
  readonly roomFor: RoomFor;
  readonly writeThread: WriteThread | null;
}

/** What all runs of a queue share. */
export type RunTools = Omit<RunParts, 'source' | 'onAnswer'>;

export function createRunTools({ files, clock, store, history, ...limits }: RunToolsOptions): RunTools {
  return {
    files,
    clock,
    holdersOf: store.holdersOf,
    wasDownloaded: history.wasDownloaded,
    filesOfSize: createFilesOfSize(files, clock),
    writeThread: limits.writeThread,
    names: createNameClaims(),
    speedLimit: createSpeedLimit(clock, limits.speedLimit),
    flushPart: createFlushTogether(),
    syncFolder: createFolderSync(files),
    roomFor: limits.roomFor,
  };
}
