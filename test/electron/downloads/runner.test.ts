import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { failed } from '../../../electron/contract/result.ts';
import { createBoard } from '../../../electron/downloads/board.ts';
import { createRunner, type Ended, type Runner } from '../../../electron/downloads/runner.ts';
import type { Wish } from '../../../electron/downloads/settle.ts';
import type { GroupCommit } from '../../../electron/lib/group-commit.ts';
import { type OneRun, openOneRun } from '../../fakes/one-run.ts';

let one: OneRun;
/** Transactions that wait for the test, in order. */
let held: (() => void)[];
let ended: (Ended | null)[];
let runner: Runner;
let id: number;
beforeEach(async () => {
  one = await openOneRun();
  held = [];
  ended = [];
  const group: GroupCommit = {
    async commit(work) {
      await new Promise<void>((resolve) => held.push(resolve));
      return work();
    },
  };
  const parts = one.parts();
  runner = createRunner({
    store: one.store,
    history: one.history,
    group,
    clock: one.clock,
    random: () => 0,
    board: createBoard({ needsSignIn: () => false, onChange() {}, onRemove() {}, onMove() {} }),
    partsFor: () => ({
      ...parts,
      source: { ...parts.source, request: async () => failed(failure('service-down', 'status 503')) },
    }),
    workFolders: { make: () => Promise.reject(new Error('no folder')) },
    onTurn() {},
    onEnd: (end) => ended.push(end),
    onBug(error) {
      throw error;
    },
  });
  id = one.begin().row().id;
});
afterEach(() => one.close());

/** Lets one transaction come to its end, as soon as there is one. */
async function commitNext(): Promise<void> {
  while (held.length === 0) await setImmediate();
  held.shift()?.();
}

async function untilHeld(): Promise<void> {
  while (held.length === 0) await setImmediate();
}

/** Ends a run that is to be tried again; each wish comes while what came of the one before is being written down. */
async function endWith(...wishes: readonly (Wish | 'go on')[]): Promise<void> {
  runner.start(id);
  for (const wish of wishes) {
    await untilHeld();
    if (wish === 'go on') runner.keepGoing(() => true);
    else runner.stop(() => true, wish);
    await commitNext();
  }
  while (ended.length === 0) {
    held.shift()?.();
    await setImmediate();
  }
}

describe('wishes that come while the end of a run is being written down', () => {
  it.each<[readonly (Wish | 'go on')[], string]>([
    [['pause'], 'paused'],
    [['cancel'], 'cancelled'],
    [['pause', 'cancel'], 'cancelled'],
    [['pause', 'go on'], 'waiting'],
    [['pause', 'go on', 'pause'], 'paused'],
    [['pause', 'go on', 'cancel'], 'cancelled'],
  ])('%j all count: it is %s', async (wishes, state) => {
    await endWith(...wishes);
    expect(one.store.row(id)?.state).toBe(state);
    expect(ended).toMatchObject([{ row: { state }, entry: state === 'cancelled' ? {} : null }]);
  });
});
