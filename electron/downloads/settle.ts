/** What a row becomes after a run, and what the history says of it. Pure. */
import { join } from 'node:path';
import type { HistoryRecord } from '../history/history-store.ts';
import type { QueueRow } from './queue-row.ts';
import { decideRetry } from './retry-policy.ts';
import type { RunEnd } from './run.ts';

/** Why a run is stopped: a person pauses or cancels it, or it only has to `wait` (for a sign-in, the next start). */
export type Wish = 'pause' | 'cancel' | 'wait';

export interface Settlement {
  readonly row: QueueRow;
  /** For the history, when the download came to an end. */
  readonly record: HistoryRecord | null;
}

/** What a run leaves behind is decided by how it ended; a wish counts only where there is still something to do. */
export function settle(
  row: QueueRow,
  end: RunEnd,
  wish: Wish | null,
  now: number,
  random: number,
): Settlement {
  if (end.kind === 'done') return settleDone(row, end, now);
  if (wish === 'cancel') return cancel(row, now);
  const rested = { ...row, failure: null, nextTryAt: null };
  if (wish === 'pause') return { row: { ...rested, state: 'paused', tries: {} }, record: null };
  if (wish === 'wait' || end.kind === 'stopped')
    return { row: { ...rested, state: 'waiting' }, record: null };
  return settleFailed(row, end, now, random);
}

/** A row that was cancelled. Its part is still to be deleted. */
export function cancel(row: QueueRow, now: number): Settlement {
  const cancelled: QueueRow = { ...row, state: 'cancelled', failure: null, nextTryAt: null, md5Found: null };
  // A failed download is in the history already: cancelling only tidies it away.
  if (row.state === 'failed') return { row: cancelled, record: null };
  const record = recordOf(row, now, { outcome: 'cancelled' });
  return { row: cancelled, record };
}

function settleDone(row: QueueRow, end: RunEnd & { kind: 'done' }, now: number): Settlement {
  const { size, md5 } = end.arrived;
  const done: QueueRow = {
    ...row,
    state: end.outcome === 'already-there' ? 'already-there' : 'done',
    size,
    received: size,
    failure: null,
    nextTryAt: null,
    partName: null,
    part: null,
    md5Found: md5,
    notes: end.notes,
  };
  return { row: done, record: recordOf(done, now, { outcome: end.outcome, size, md5 }) };
}

function settleFailed(
  row: QueueRow,
  { failure, arrived }: RunEnd & { kind: 'failed' },
  now: number,
  random: number,
): Settlement {
  const next = decideRetry(failure, row.tries, random);
  const waiting: QueueRow = { ...row, state: 'waiting', failure, nextTryAt: null };
  switch (next.kind) {
    case 'sign-in':
      return { row: waiting, record: null };
    case 'find-again':
      return { row: { ...waiting, tries: next.tries, listedAt: 0 }, record: null };
    case 'wait':
      return { row: { ...waiting, tries: next.tries, nextTryAt: now + next.ms }, record: null };
    case 'stop': {
      const failed: QueueRow = { ...waiting, state: 'failed' };
      const record = recordOf(failed, now, { outcome: 'failed', failureCode: failure.code, ...arrived });
      return { row: failed, record };
    }
  }
}

function recordOf(
  row: QueueRow,
  now: number,
  end: Pick<HistoryRecord, 'outcome'> & Partial<Pick<HistoryRecord, 'size' | 'md5' | 'failureCode'>>,
): HistoryRecord {
  const name = row.finalName ?? row.reference.name;
  return {
    reference: row.reference,
    name,
    path: join(row.folder, name),
    startedAt: row.startedAt ?? now,
    endedAt: now,
    size: null,
    md5: null,
    attempts: row.attempts,
    failureCode: null,
    notes: row.notes,
    ...end,
  };
}
