import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addFiles } from '../../../electron/downloads/add-files.ts';
import type { Batch } from '../../../electron/downloads/batch-store.ts';
import { createBatches } from '../../../electron/downloads/batches.ts';
import { createBoard } from '../../../electron/downloads/board.ts';
import { createQueueStore } from '../../../electron/downloads/queue-store.ts';
import type { FileReference } from '../../../electron/history/file-reference.ts';
import { type Database, openDatabase } from '../../../electron/lib/database.ts';
import { createGroupCommit } from '../../../electron/lib/group-commit.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

let database: Database;
beforeEach(() => {
  database = openDatabase(':memory:');
});
afterEach(() => database.close());

const reference = (n: number): FileReference => ({
  provider: 'fake',
  accountKey: 'one',
  accountName: 'acme-machine',
  reportId: 'daily',
  reportTitle: 'Daily files',
  period: null,
  fileId: `id ${n}`,
  link: 'https://files.example.com/1',
  question: '{}',
  name: `${n}.csv`,
  size: 10,
  md5: null,
  content: 'text',
  expiresAt: null,
  attemptsCounted: null,
});

function createWorld() {
  const store = createQueueStore(database);
  const ended: Batch[] = [];
  const batches = createBatches({
    store,
    onEnd: (batch) => void ended.push(batch),
    onBug(error) {
      throw error;
    },
  });
  const board = createBoard({
    needsSignIn: () => false,
    onChange() {},
    onRemove() {},
    onMove: batches.move,
  });
  /** How often there was something to start, and what is done about it. */
  const world = { slices: 0, onAdded() {} };
  const add = (references: readonly FileReference[], signal = new AbortController().signal) =>
    addFiles(
      {
        group: createGroupCommit(database),
        store,
        board,
        batches,
        clock: createFakeClock(),
        isRunning: () => false,
        roomToAdd: async () => null,
        onAdded() {
          world.slices += 1;
          world.onAdded();
        },
        signal,
      },
      { references, folder: '/files', listedAt: 1, manifest: true },
    );
  const finishAll = () => {
    const ids = board.idsIn(['waiting']);
    store.order({ ids, states: ['waiting'] }, 'failed');
    board.changeAll(ids, { state: 'failed' });
  };
  return { store, batches, board, ended, world, add, finishAll };
}

const MANY = 600;
const many = () => Array.from({ length: MANY }, (_, n) => reference(n));

describe('a batch that is being added', () => {
  it('is not at its end before all of it is in the queue, however fast the first rows are', async () => {
    const { batches, ended, world, add, finishAll } = createWorld();
    world.onAdded = () => {
      finishAll();
      expect(ended).toEqual([]);
    };
    expect((await add(many())).ok).toBe(true);
    await batches.idle();
    expect(world.slices).toBeGreaterThan(1);
    expect(ended).toHaveLength(1);
  });

  it('is one batch, however many slices it has', async () => {
    const { store, board, add } = createWorld();
    await add(many());
    const ids = board.idsIn(['waiting']);
    expect(ids).toHaveLength(MANY);
    expect(new Set(ids.map((id) => store.row(id)?.batchId)).size).toBe(1);
  });

  it('is left out with its slice when that can not be written down', async () => {
    const { store, board, add } = createWorld();
    const bad = { ...reference(2), size: 1.5 };
    await expect(add([reference(1), bad])).rejects.toThrow('cannot store REAL value');
    expect(board.idsIn(['waiting'])).toEqual([]);
    expect(store.overview(0, 10)).toEqual([]);
    expect(store.batchesToEnd()).toEqual([]);
  });
});
