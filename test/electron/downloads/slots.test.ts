import { describe, expect, it } from 'vitest';
import type { QueueRow } from '../../../electron/downloads/queue-row.ts';
import type { RunPhase } from '../../../electron/downloads/runner.ts';
import { createSlots } from '../../../electron/downloads/slots.ts';
import { openOneRun } from '../../fakes/one-run.ts';

interface Begun {
  readonly accountKey: string;
  readonly phase: RunPhase;
  readonly row: QueueRow;
}

/** A queue with so many rows of each account, added one account after the other, and what is begun of it. */
async function queueOf(
  rows: Readonly<Record<string, number>>,
  atOnce: number,
  mostOf: Record<string, number> = {},
) {
  const one = await openOneRun();
  for (const [accountKey, count] of Object.entries(rows)) {
    for (let n = 0; n < count; n += 1) one.begin({ accountKey, fileId: `${accountKey} ${n}` });
  }
  const running = new Map<number, Begun>();
  const slots = createSlots({
    store: one.store,
    clock: one.clock,
    pace: { limit: (_key, most) => most, restsUntil: () => 0, growsAt: () => null },
    atOnce: () => atOnce,
    mostOf: (key) => mostOf[key] ?? null,
    accounts: () => Object.keys(rows),
    mayRun: () => true,
    onlyStartedNow: () => false,
    running,
    isHeld: () => false,
    start(id) {
      const row = one.store.row(id);
      if (row) running.set(id, { accountKey: row.reference.accountKey, phase: 'transferring', row });
    },
    admit() {},
  });
  const begunOf = (key: string) =>
    [...running.values()].filter(({ accountKey }) => accountKey === key).length;
  return { one, slots, running, begunOf };
}

describe('accounts', () => {
  it('have equal shares, however long the queue of one of them is', async () => {
    const { one, slots, begunOf } = await queueOf({ long: 20, short: 3 }, 4);
    slots.fill();
    expect([begunOf('long'), begunOf('short')]).toEqual([3, 2]);
    await one.close();
  });

  it('leave their share to others when they have nothing to do', async () => {
    const { one, slots, begunOf } = await queueOf({ long: 20, short: 1 }, 4);
    slots.fill();
    expect([begunOf('long'), begunOf('short')]).toEqual([4, 1]);
    await one.close();
  });

  it('have no more at once than their own service stands', async () => {
    const { one, slots, begunOf } = await queueOf({ long: 20, short: 20 }, 6, { short: 1 });
    slots.fill();
    expect([begunOf('long'), begunOf('short')]).toEqual([7, 1]);
    await one.close();
  });

  it('begin no more once their limit is lowered, and more once it is raised', async () => {
    const mostOf: Record<string, number> = { one: 2 };
    const { one, slots, running, begunOf } = await queueOf({ one: 20 }, 6, mostOf);
    slots.fill();
    expect(begunOf('one')).toBe(2);
    mostOf.one = 1;
    slots.fill();
    const [first = 0] = running.keys();
    running.delete(first);
    slots.fill();
    expect(begunOf('one')).toBe(1);
    mostOf.one = 2;
    slots.fill();
    expect(begunOf('one')).toBe(2);
    await one.close();
  });

  it('wait for what a person ordered to the front, whosever it is', async () => {
    const { one, slots, running } = await queueOf({ long: 20, short: 3 }, 1);
    one.store.startNow({ ids: [15], states: ['waiting'] }, one.clock.now());
    slots.fill();
    expect([...running.keys()]).toEqual([15]);
    await one.close();
  });
});
