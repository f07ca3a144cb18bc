/** Puts files into the queue. */
import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { FileReference } from '../history/file-reference.ts';
import type { Clock } from '../lib/clock.ts';
import type { GroupCommit } from '../lib/group-commit.ts';
import { nextTurn } from '../lib/in-slices.ts';
import type { Batches } from './batches.ts';
import type { Board } from './board.ts';
import { overviewOf, type QueueRow } from './queue-row.ts';
import type { QueueStore } from './queue-store.ts';

export interface AddFilesOptions {
  /** Over the database that `store` is kept in. */
  readonly group: Pick<GroupCommit, 'commit'>;
  readonly store: Pick<QueueStore, 'addBatch' | 'moveToBatch' | 'add' | 'row' | 'save' | 'unfinished'>;
  readonly board: Pick<Board, 'putAll' | 'moveToBatch'>;
  readonly batches: Pick<Batches, 'move'>;
  readonly clock: Clock;
  readonly isRunning: (id: number) => boolean;
  /** Failure `no-room`, or null. */
  readonly roomToAdd: (references: readonly FileReference[], folder: string) => Promise<Failure | null>;
  /** Called when there are rows that may be started. */
  readonly onAdded: () => void;
  readonly signal: AbortSignal;
}

export interface FilesToAdd {
  readonly references: readonly FileReference[];
  /** A whole path. */
  readonly folder: string;
  /** When the links were listed (milliseconds since 1970, UTC). */
  readonly listedAt: number;
  readonly manifest: boolean;
}

export interface Added {
  readonly added: number;
  readonly alreadyQueued: number;
  /** Of all files, in their order. */
  readonly ids: readonly number[];
}

const ROWS_AT_ONCE = 250;

interface Queued {
  readonly id: number;
  readonly isNew: boolean;
  /** What there is to show; null for a row that stays as it was. */
  readonly row: QueueRow | null;
}

/** How far it is. */
interface SoFar {
  batchId: number | null;
  added: number;
  readonly ids: number[];
}

/** Each slice is one change of the records; what a crash leaves of them is found again when the same files are added again. */
export async function addFiles(options: AddFilesOptions, files: FilesToAdd): Promise<Result<Added>> {
  const tooLittle = await options.roomToAdd(files.references, files.folder);
  if (tooLittle) return failed(tooLittle);
  const { batches, signal } = options;
  const soFar: SoFar = { batchId: null, added: 0, ids: [] };
  try {
    for (let at = 0; at < files.references.length && !signal.aborted; at += ROWS_AT_ONCE) {
      await addSlice(options, files, files.references.slice(at, at + ROWS_AT_ONCE), soFar);
      await nextTurn();
    }
  } finally {
    if (soFar.batchId !== null) batches.move(soFar.batchId, null);
  }
  const { added, ids } = soFar;
  if (ids.length < files.references.length) return failed(failure('cancelled', 'the queue was stopped'));
  return ok({ added, alreadyQueued: ids.length - added, ids });
}

/** While the disk makes a slice safe, the first files are asked for. */
async function addSlice(
  options: AddFilesOptions,
  files: FilesToAdd,
  slice: readonly FileReference[],
  soFar: SoFar,
): Promise<void> {
  const { group, store, batches, clock } = options;
  const { batchId, rows } = await group.commit(() => {
    const batchId = soFar.batchId ?? store.addBatch(files.folder, clock.now(), files.manifest);
    return { batchId, rows: slice.map((reference) => enqueue(options, files, reference, batchId)) };
  });
  // As long as more is to come, the batch is not at its end.
  if (soFar.batchId === null) batches.move(null, batchId);
  soFar.batchId = batchId;
  show(options, rows, batchId);
  for (const { id, isNew } of rows) {
    soFar.ids.push(id);
    if (isNew) soFar.added += 1;
  }
  options.onAdded();
}

function enqueue(
  { store, clock, isRunning }: AddFilesOptions,
  { folder, listedAt }: FilesToAdd,
  reference: FileReference,
  batchId: number,
): Queued {
  const known = store.unfinished(reference.accountKey, reference.fileId, folder);
  if (!known) {
    const row = store.add(reference, folder, clock.now(), listedAt, batchId);
    return { id: row.id, isNew: true, row };
  }
  const { id, state } = known;
  store.moveToBatch(id, batchId);
  const failed = state === 'failed' && !isRunning(id) ? store.row(id) : null;
  const row = failed && again(failed, reference, listedAt);
  if (row) store.save(row);
  return { id, isNew: false, row };
}

/** A failed row that is asked for once more, by what lists it now. */
const again = (row: QueueRow, reference: FileReference, listedAt: number): QueueRow => ({
  ...row,
  reference,
  listedAt,
  state: 'waiting',
  size: reference.size,
  failure: null,
  tries: {},
  startedAt: null,
});

function show({ board }: AddFilesOptions, queued: readonly Queued[], batchId: number): void {
  board.putAll(queued.flatMap(({ row }) => (row ? [overviewOf(row)] : [])));
  for (const { id, isNew } of queued) if (!isNew) board.moveToBatch(id, batchId);
}
