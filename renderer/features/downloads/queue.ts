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
  /** The first row of what was added last; null when nothing was added since the list was fetched. */
  readonly addedLast: number | null;
}

const withPositions = (queue: Omit<Queue, 'positions'>): Queue => ({
  ...queue,
  positions: new Map(queue.downloads.map((download, position) => [download.id, position])),
});

export const queueOf = (list: DownloadList): Queue => withPositions({ ...list, addedLast: null });

/**
 * The queue after a batch. A batch that the queue already has changes nothing; null means that one in between was
 * missed, so the whole list has to be fetched again.
 */
export function applyChanges(queue: Queue, changes: DownloadChanges): Queue | null {
  const { order, changed, removed, totals } = changes;
  if (order <= queue.order) return queue;
  if (order > queue.order + 1) return null;
  const downloads = queue.downloads.slice();
  let addedLast: number | null = null;
  for (const download of changed) {
    const position = queue.positions.get(download.id);
    if (position === undefined) {
      downloads.push(download);
      addedLast ??= download.id;
    } else downloads[position] = download;
  }
  if (addedLast === null && removed.length === 0) return { ...queue, order, downloads, totals };
  const gone = new Set(removed);
  return withPositions({
    order,
    downloads: downloads.filter(({ id }) => !gone.has(id)),
    totals,
    addedLast: addedLast ?? queue.addedLast,
  });
}
