/**
 * What becomes of a download that was interrupted: by a quit, a crash or a power cut.
 *
 * | state at the last moment | state at start | why                                               |
 * |--------------------------|----------------|---------------------------------------------------|
 * | downloading, verifying   | waiting        | nothing runs at start; it goes on by itself       |
 * | any other                | the same       | what a person paused stays paused                 |
 *
 * When its turn comes, what lies on disk decides. `received` counts only bytes that were flushed.
 *
 * | was being put in place | final name there | part on disk      | act                                     |
 * |------------------------|------------------|-------------------|-----------------------------------------|
 * | yes                    | yes, our bytes   | any               | finish: only the record was missing     |
 * | any                    | no, or not ours  | `received` or more| continue after `received` bytes         |
 * | any                    | no, or not ours  | less, or none     | start over                              |
 *
 * While the folder is out of reach nothing is decided: the run fails, and the row stays as it is.
 */
import type { DownloadState } from '../contract/download-state.ts';

export function stateAtStart(state: DownloadState): DownloadState {
  return state === 'downloading' || state === 'verifying' ? 'waiting' : state;
}

export interface OnDisk {
  /** A file under the final name that has the size and checksum of the one that was being put in place. */
  readonly finalIsOurs: boolean;
  /** Bytes that were flushed, by the record; 0 for none. */
  readonly received: number;
  /** Bytes of the part, null where there is none. */
  readonly partSize: number | null;
}

export type Recovery = 'finish' | 'continue' | 'start-over';

export function decideRecovery({ finalIsOurs, received, partSize }: OnDisk): Recovery {
  if (finalIsOurs) return 'finish';
  return received > 0 && partSize !== null && partSize >= received ? 'continue' : 'start-over';
}
