import type { Download, DownloadChanges, DownloadPage } from '../../../electron/contract/download.ts';
import { type Queue, queueOf } from './queue.ts';

/**
 * The queue from all its pages, with the batches that came while they were fetched. Each page is as new as its
 * `order`, so a batch changes only the rows of older pages. Null: a batch was missed, so that they have to be fetched
 * again.
 */
export function joinPages(pages: readonly DownloadPage[], batches: readonly DownloadChanges[]): Queue | null {
  const [first] = pages;
  const last = pages.at(-1);
  if (!first || !last) return null;
  const rows = new Map<number, Download>();
  for (const { downloads } of pages) for (const download of downloads) rows.set(download.id, download);
  const pageOf = (id: number) => pages.find(({ next }) => next === null || id <= next) ?? last;

  let order = first.order;
  let newest: DownloadPage | DownloadChanges = last;
  for (const batch of batches) {
    if (batch.order <= order) continue;
    if (batch.order > order + 1) return null;
    order = batch.order;
    if (order > newest.order) newest = batch;
    for (const download of batch.changed) {
      if (order > pageOf(download.id).order) rows.set(download.id, download);
    }
    for (const id of batch.removed) rows.delete(id);
  }
  const { totals, hold } = newest;
  const downloads = [...rows.values()].sort((a, b) => a.id - b.id);
  return queueOf({ order, downloads, totals, hold });
}
