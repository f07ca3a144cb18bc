/** What a row becomes after a run, and what the history says of it. Pure. */
import { join } from 'node:path';
import { mayCancel, mayPause } from '../contract/download-state.ts';
import { type Failure, failure } from '../contract/failure.ts';
import type { HistoryRecord } from '../history/history-store.ts';
import type { QueueRow } from './queue-row.ts';
import { decideRetry } from './retry-policy.ts';
import type { Arrived, RunEnd } from './run.ts';

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
  if (wish === 'pause') {
    return { row: { ...rested, state: 'paused', tries: {}, startedNowAt: null }, record: null };
  }
  if (wish === 'wait' || end.kind === 'stopped')
    return { row: { ...rested, state: 'waiting' }, record: null };
  if (end.kind === 'unreachable') {
    return { row: { ...rested, state: 'waiting', failure: end.failure, tries: {} }, record: null };
  }
  return settleFailed(row, end, now, random);
}

/**
 * What becomes of a row by a wish that came while the end of its run was being written down; null when that changes
 * nothing any more. `wait` takes a pause back.
 */
export function obeyLate(row: QueueRow, wish: Wish, now: number): Settlement | null {
  if (wish === 'cancel') return mayCancel(row.state) ? cancel(row, now) : null;
  const stopped: RunEnd = { kind: 'stopped' };
  if (wish === 'pause') return mayPause(row.state) ? settle(row, stopped, 'pause', now, 0) : null;
  return row.state === 'paused' ? settle(row, stopped, 'wait', now, 0) : null;
}

/** A row that was cancelled. Its part is still to be deleted. */
export function cancel(row: QueueRow, now: number): Settlement {
  const cancelled: QueueRow = {
    ...row,
    state: 'cancelled',
    failure: null,
    nextTryAt: null,
    startedNowAt: null,
    md5Found: null,
  };
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
    startedNowAt: null,
    wrongMd5: null,
    partName: null,
    part: null,
    md5Found: md5,
    notes: end.notes,
    job: null,
  };
  return { row: done, record: recordOf(done, now, { outcome: end.outcome, size, md5 }) };
}

function settleFailed(
  row: QueueRow,
  { failure: first, arrived }: RunEnd & { kind: 'failed' },
  now: number,
  random: number,
): Settlement {
  const failure = judgeChecksum(row, first, arrived);
  const next = decideRetry(failure, row.tries, random);
  const wrongMd5 = failure.code === 'wrong-checksum' ? (arrived?.md5 ?? null) : row.wrongMd5;
  const waiting: QueueRow = { ...row, state: 'waiting', failure, nextTryAt: null, wrongMd5 };
  switch (next.kind) {
    case 'sign-in':
      return { row: waiting, record: null };
    case 'find-again':
      return { row: { ...waiting, tries: next.tries, listedAt: 0 }, record: null };
    case 'wait':
      return { row: { ...waiting, tries: next.tries, nextTryAt: now + next.ms }, record: null };
    case 'stop': {
      const failed: QueueRow = { ...waiting, state: 'failed', startedNowAt: null };
      const record = recordOf(failed, now, { outcome: 'failed', failureCode: failure.code, ...arrived });
      return { row: failed, record };
    }
  }
}

/** The same wrong checksum from two whole downloads is not the line's doing: the service's own data don't agree. */
function judgeChecksum({ wrongMd5 }: QueueRow, first: Failure, arrived: Arrived | null): Failure {
  const isSame = first.code === 'wrong-checksum' && arrived !== null && arrived.md5 === wrongMd5;
  return isSame ? failure('checksum-disagrees', `${first.detail}, twice`) : first;
}

function recordOf(
  row: QueueRow,
  now: number,
  end: Pick<HistoryRecord, 'outcome'> & Partial<Pick<HistoryRecord, 'size' | 'md5' | 'failureCode'>>,
): HistoryRecord {
  const name = row.finalName ?? row.reference.name;
  return {
    reference: row.reference,
    batchId: row.batchId,
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
