import type {
  Download,
  DownloadChanges,
  DownloadList,
  DownloadTotals,
} from '../../../electron/contract/download.ts';

/** The queue as it is known here. */
export interface Queue {
  /** The `order` of the last batch that is in it. */
  readonly order: number;
  readonly downloads: readonly Download[];
  readonly totals: DownloadTotals;
  /** Where each id stands in `downloads`. */
  readonly positions: ReadonlyMap<number, number>;
}

const withPositions = (queue: Omit<Queue, 'positions'>): Queue => ({
  ...queue,
  positions: new Map(queue.downloads.map((download, position) => [download.id, position])),
});

export const queueOf = (list: DownloadList): Queue => withPositions(list);

/**
 * The queue after a batch. A batch that the queue already has changes nothing; null means that one in between was
 * missed, so the whole list has to be fetched again.
 */
export function applyChanges(queue: Queue, changes: DownloadChanges): Queue | null {
  const { order, changed, removed, totals } = changes;
  if (order <= queue.order) return queue;
  if (order > queue.order + 1) return null;
  const downloads = queue.downloads.slice();
  let moved = removed.length > 0;
  for (const download of changed) {
    const position = queue.positions.get(download.id);
    if (position === undefined) {
      downloads.push(download);
      moved = true;
    } else downloads[position] = download;
  }
  if (!moved) return { order, downloads, totals, positions: queue.positions };
  const gone = new Set(removed);
  return withPositions({ order, downloads: downloads.filter(({ id }) => !gone.has(id)), totals });
}
