import { downloadStates } from '../contract/download-state.ts';
import { nextTurn } from '../lib/in-slices.ts';
import type { Board } from './board.ts';
import type { QueueStore } from './queue-store.ts';
import { stateAtStart } from './startup-recovery.ts';

const ROWS_AT_ONCE = 500;

/** Brings the queue that is on disk to the board, slice by slice. Nothing of it counts as running. */
export async function loadQueue(
  store: Pick<QueueStore, 'replaceState' | 'overview'>,
  board: Pick<Board, 'putAll'>,
  signal: AbortSignal,
): Promise<void> {
  for (const state of downloadStates) {
    if (stateAtStart(state) !== state) store.replaceState(state, stateAtStart(state));
  }
  let last = 0;
  while (!signal.aborted) {
    const rows = store.overview(last, ROWS_AT_ONCE);
    board.putAll(rows);
    last = rows.at(-1)?.id ?? last;
    if (rows.length < ROWS_AT_ONCE) return;
    await nextTurn();
  }
}
