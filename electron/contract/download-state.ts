/**
 * The states of one download and the moves between them.
 *
 * ```
 *             ┌────────────── resume/retry ──────────────┐
 *             ▼                                          │
 *   ┌──▶ waiting ──▶ downloading ──▶ verifying ──▶ done  │
 *   │      │  │           │              │               │
 *   │      │  └─▶ already-there          │               │
 *   │      ├───────▶ paused ◀┼───────────┘               │
 *   │      │            │    │        ───▶ failed ───────┤
 *   │      └────────────┴────┴────────▶ cancelled ───────┘
 *   └─ automatic retry (with a time before which it does not start)
 * ```
 *
 * A waiting one whose bytes are all there already goes to verifying without downloading.
 */
export const downloadStates = [
  'waiting',
  'downloading',
  'verifying',
  'paused',
  'done',
  'already-there',
  'failed',
  'cancelled',
] as const;

export type DownloadState = (typeof downloadStates)[number];

const moves: Record<DownloadState, readonly DownloadState[]> = {
  waiting: ['downloading', 'verifying', 'paused', 'already-there', 'failed', 'cancelled'],
  downloading: ['verifying', 'waiting', 'paused', 'failed', 'cancelled'],
  verifying: ['done', 'waiting', 'paused', 'failed', 'cancelled'],
  paused: ['waiting', 'cancelled'],
  failed: ['waiting', 'cancelled'],
  cancelled: ['waiting'],
  done: [],
  'already-there': [],
};

export const mayMove = (from: DownloadState, to: DownloadState): boolean => moves[from].includes(to);

/** Work that the queue still has to do without being asked again. */
export const isActive = (state: DownloadState): boolean =>
  state === 'waiting' || state === 'downloading' || state === 'verifying';

/** Nothing more will happen to it by itself: "Clear finished" takes these off the list. */
export const isFinished = (state: DownloadState): boolean =>
  state === 'done' || state === 'already-there' || state === 'cancelled';

export const mayPause = (state: DownloadState): boolean => mayMove(state, 'paused');
export const mayResume = (state: DownloadState): boolean => state === 'paused';
export const mayCancel = (state: DownloadState): boolean =>
  state !== 'cancelled' && mayMove(state, 'cancelled');
export const mayRetry = (state: DownloadState): boolean => state === 'failed' || state === 'cancelled';
