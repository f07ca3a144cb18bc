import type {
  Download,
  DownloadChanges,
  DownloadHold,
  DownloadPage,
  DownloadTotals,
} from '../../../electron/contract/download.ts';

/** The queue as it is known here. */
export interface Queue {
  /** The `order` of the last batch that is in it. */
  readonly order: number;
  /** In the order of their ids, which is the one in which they came. */
  readonly downloads: readonly Download[];
  readonly totals: DownloadTotals;
  readonly hold: DownloadHold | null;
  /** The first row of what was added last; null when nothing was added since the list was fetched. */
  readonly addedLast: number | null;
  /** The `order` of the last batch that brought new rows; many rows come with several batches. */
  readonly addedWith: number | null;
}

const byId = (a: Download, b: Download): number => a.id - b.id;

/** A page that is the whole list. */
export const queueOf = ({ order, downloads, totals, hold }: Omit<DownloadPage, 'next'>): Queue => ({
  order,
  downloads,
  totals,
  hold,
  addedLast: null,
  addedWith: null,
});

/**
 * The queue after a batch. A batch that the queue already has changes nothing; null means that one in between was
 * missed, so the whole list has to be fetched again.
 */
export function applyChanges(queue: Queue, changes: DownloadChanges): Queue | null {
  const { order, changed, removed, totals, hold } = changes;
  if (order <= queue.order) return queue;
  if (order > queue.order + 1) return null;
  const downloads = queue.downloads.slice();
  const added: Download[] = [];
  for (const download of changed) {
    const place = placeOf(queue.downloads, download.id);
    if (queue.downloads[place]?.id === download.id) downloads[place] = download;
    else added.push(download);
  }
  const next = { ...queue, order, downloads: without(removed, downloads), totals, hold };
  if (added.length === 0) return next;
  added.sort(byId);
  return {
    ...next,
    downloads: without(removed, [...downloads, ...added].sort(byId)),
    addedLast: queue.addedWith === order - 1 ? queue.addedLast : (added[0]?.id ?? null),
    addedWith: order,
  };
}

function without(removed: readonly number[], downloads: readonly Download[]): readonly Download[] {
  if (removed.length === 0) return downloads;
  const gone = new Set(removed);
  return downloads.filter(({ id }) => !gone.has(id));
}

/** Where the row with this id stands, or would stand. */
function placeOf(downloads: readonly Download[], id: number): number {
  let from = 0;
  let to = downloads.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((downloads[middle]?.id ?? id) < id) from = middle + 1;
    else to = middle;
  }
  return from;
}
