import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Download } from '../../../../electron/contract/download.ts';
import { applyChanges, type Queue, queueOf } from '../../../../renderer/features/downloads/queue.ts';
import { aDownload, totalsOf } from '../../../fakes/fake-bridge.ts';

const rows = (...ids: number[]): Download[] => ids.map((id) => aDownload({ id }));
const listOf = (downloads: readonly Download[], order = 0) => ({
  order,
  downloads,
  totals: totalsOf(downloads),
  hold: null,
});
const batch = (order: number, changed: readonly Download[], removed: readonly number[] = []) => ({
  order,
  changed,
  removed,
  totals: totalsOf(changed),
  hold: null,
});
const idsOf = (queue: Queue | null) => queue?.downloads.map(({ id }) => id);

describe('the queue after a batch', () => {
  it('has changed rows in their old places', () => {
    const queue = applyChanges(
      queueOf(listOf(rows(1, 2, 3))),
      batch(1, [aDownload({ id: 2, state: 'done' })]),
    );
    expect(idsOf(queue)).toEqual([1, 2, 3]);
    expect(queue?.downloads[1]?.state).toBe('done');
  });

  it('has new rows at its end and none of the removed ones', () => {
    expect(idsOf(applyChanges(queueOf(listOf(rows(1, 2, 3))), batch(1, rows(4), [2])))).toEqual([1, 3, 4]);
  });

  it('has rows in the order in which they were added, whichever was told of first', () => {
    const running = applyChanges(queueOf(listOf(rows(1))), batch(1, rows(5, 2)));
    expect(idsOf(running)).toEqual([1, 2, 5]);
    expect(idsOf(running && applyChanges(running, batch(2, rows(4, 3))))).toEqual([1, 2, 3, 4, 5]);
  });

  it('knows the first row of what was added last, however many batches it came with', () => {
    const added = applyChanges(queueOf(listOf(rows(1, 2))), batch(1, [...rows(2), ...rows(4, 3)]));
    expect(added?.addedLast).toBe(3);
    const more = added && applyChanges(added, batch(2, rows(5, 6)));
    expect(more?.addedLast).toBe(3);
    const changed = more && applyChanges(more, batch(3, rows(4), [1]));
    expect(changed?.addedLast).toBe(3);
    expect(changed && applyChanges(changed, batch(4, rows(7)))?.addedLast).toBe(7);
    expect(queueOf(listOf(rows(1, 2))).addedLast).toBeNull();
  });

  it('is untouched by a batch that it already holds', () => {
    const queue = queueOf(listOf(rows(1), 5));
    expect(applyChanges(queue, batch(5, rows(2)))).toBe(queue);
  });

  it('is not to be trusted when a batch in between was missed', () => {
    expect(applyChanges(queueOf(listOf(rows(1), 5)), batch(7, rows(2)))).toBeNull();
  });

  it('never changes the queue before it', () => {
    const before = queueOf(listOf(rows(1, 2)));
    applyChanges(before, batch(1, rows(3), [1]));
    expect(idsOf(before)).toEqual([1, 2]);
  });

  it('is what a fresh list would be, whatever the batches were', () => {
    const step = fc.record({
      changed: fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 12 }), received: fc.nat() }), {
        selector: ({ id }) => id,
      }),
      removed: fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let queue: Queue | null = queueOf(listOf(rows(1, 2, 3)));
        const truth = new Map(rows(1, 2, 3).map((row) => [row.id, row]));
        steps.forEach(({ changed, removed }, place) => {
          const updated = changed.map((more) => aDownload(more));
          for (const row of updated) truth.set(row.id, row);
          for (const id of removed) truth.delete(id);
          queue = queue && applyChanges(queue, batch(place + 1, updated, removed));
        });
        expect(queue?.downloads).toEqual([...truth.values()].sort((a, b) => a.id - b.id));
      }),
    );
  });
});
