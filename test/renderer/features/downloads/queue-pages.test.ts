import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Download, DownloadChanges, DownloadPage } from '../../../../electron/contract/download.ts';
import { applyChanges, type Queue } from '../../../../renderer/features/downloads/queue.ts';
import { joinPages } from '../../../../renderer/features/downloads/queue-pages.ts';
import { aDownload, totalsOf } from '../../../fakes/fake-bridge.ts';

const row = (id: number, received = 0): Download => aDownload({ id, received });
const page = (order: number, next: number | null, ...downloads: Download[]): DownloadPage => ({
  order,
  downloads,
  next,
  totals: totalsOf(downloads),
  hold: null,
});
const batch = (order: number, changed: readonly Download[], removed: readonly number[] = []) => ({
  order,
  changed,
  removed,
  totals: totalsOf(changed),
  hold: { reason: 'hours', until: order } as const,
});
const received = (queue: Queue | null) => queue?.downloads.map((shown) => [shown.id, shown.received]);

describe('the queue from its pages', () => {
  it('takes from a batch only what the page of the row does not hold already', () => {
    const pages = [page(1, 2, row(1, 10), row(2, 10)), page(3, null, row(3, 30))];
    const queue = joinPages(pages, [batch(2, [row(1, 20), row(3, 20)]), batch(3, [row(2, 30), row(4, 30)])]);
    expect(received(queue)).toEqual([
      [1, 20],
      [2, 30],
      [3, 30],
    ]);
    expect(queue?.order).toBe(3);
  });

  it('has the newest totals and hold', () => {
    const pages = [page(1, 1, row(1)), page(2, null, row(2))];
    expect(joinPages(pages, [batch(2, [])])?.hold).toBeNull();
    expect(joinPages(pages, [batch(2, []), batch(3, [row(1, 5)])])).toMatchObject({
      hold: { until: 3 },
      totals: { receivedBytes: 5 },
    });
  });

  it('is none when a batch was missed', () => {
    expect(joinPages([page(1, null, row(1))], [batch(3, [])])).toBeNull();
  });
});

/** A main process with a queue: what it tells, in the order in which it does. */
function act(steps: readonly Step[]) {
  const truth = new Map<number, Download>();
  const dirty = new Set<number>();
  const gone: number[] = [];
  const pages: DownloadPage[] = [];
  const batches: DownloadChanges[] = [];
  let order = 0;
  let lastId = 0;
  const put = (download: Download) => {
    truth.set(download.id, download);
    dirty.add(download.id);
  };
  const tell = (most: number) => {
    const ids = [...dirty].slice(0, most);
    for (const id of ids) dirty.delete(id);
    order += 1;
    batches.push(
      batch(
        order,
        ids.flatMap((id) => truth.get(id) ?? []),
        gone.splice(0),
      ),
    );
  };
  const list = () => {
    const after = pages.length === 0 ? 0 : pages.at(-1)?.next;
    if (after === null || after === undefined) return;
    const downloads = [...truth.values()].filter(({ id }) => id > after).slice(0, 2);
    pages.push(page(order, downloads.length < 2 ? null : (downloads.at(-1)?.id ?? null), ...downloads));
  };
  for (const { kind, choice } of steps) {
    const ids = [...truth.keys()];
    const chosen = ids[choice % Math.max(1, ids.length)];
    if (kind === 'add') {
      lastId += 1;
      put(row(lastId));
    }
    if (kind === 'change' && chosen !== undefined) put(row(chosen, (truth.get(chosen)?.received ?? 0) + 1));
    if (kind === 'remove' && chosen !== undefined && truth.delete(chosen)) {
      dirty.delete(chosen);
      gone.push(chosen);
    }
    if (kind === 'tell') tell(choice);
    if (kind === 'list') list();
  }
  const toldWithPages = batches.length;
  while (pages.at(-1)?.next !== null) list();
  while (dirty.size + gone.length > 0) tell(3);
  return { truth, pages, early: batches.slice(0, toldWithPages), late: batches.slice(toldWithPages) };
}

const step = fc.record({
  kind: fc.constantFrom('add', 'add', 'change', 'change', 'remove', 'tell', 'list'),
  choice: fc.nat(9),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe('pages and batches, however they come', () => {
  it('end as the queue that there is', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { truth, pages, early, late } = act(steps);
        let queue = joinPages(pages, early);
        for (const changes of late) queue = queue && applyChanges(queue, changes);
        expect(queue?.downloads).toEqual([...truth.values()]);
      }),
    );
  });
});
