import type { SampleStore } from './sample-store.ts';
import type { SampleFile } from './sample-year.ts';
import { dayAt, oddStamp, readWireDay, readWireMonth, wireMetadataDay, wireStamp } from './wire-format.ts';

/** Which part of a listing is asked for. Counts items. */
export interface PageAsked {
  readonly from: number;
  readonly size: number;
}

const DEFAULT_PAGE = 30;
const LARGEST_PAGE = 1000;

/** Null when `from` or `size` is no number in its range. */
export function readPage(query: URLSearchParams): PageAsked | null {
  const from = readCount(query.get('from'), 0);
  const size = readCount(query.get('size'), DEFAULT_PAGE);
  if (from === null || size === null || size < 1 || size > LARGEST_PAGE) return null;
  return { from, size };
}

const readCount = (text: string | null, whenAbsent: number): number | null =>
  text === null ? whenAbsent : /^\d{1,9}$/.test(text) ? Number(text) : null;

/** A range from the query. Null when a date is malformed, missing though required, or the order is wrong. */
export function readPeriod(
  query: URLSearchParams,
  [fromName, toName]: readonly [string, string],
  options: { readonly unit: 'day' | 'month'; readonly required: boolean },
): { from: string; to: string } | null {
  const read = options.unit === 'day' ? readWireDay : readWireMonth;
  const readEnd = (name: string, whenAbsent: string): string | null => {
    const text = query.get(name);
    if (text !== null) return read(text);
    return options.required ? null : whenAbsent;
  };
  const from = readEnd(fromName, '0000');
  const to = readEnd(toName, '9999');
  return from === null || to === null || from > to ? null : { from, to };
}

export const within = (period: { from: string; to: string }, value: string): boolean =>
  period.from <= value && value <= period.to;

/** The envelope of a listing. `size` is whatever: in the documented examples it is not the size that was asked. */
export const envelope = (
  total: number,
  page: PageAsked,
  size: number,
  items: readonly unknown[],
): unknown => ({
  total,
  from: page.from,
  size,
  items,
});

export interface FileListing {
  readonly store: SampleStore;
  /** Of the service: links begin with it. */
  readonly address: string;
  readonly attempts: (file: SampleFile) => number;
  /** Metadata instead of a file name, as for the files of a site. */
  readonly named: 'by-name' | 'by-metadata';
  /** Every other link is called `a`, as in the documented example of new files. */
  readonly oddLinks?: boolean;
}

/** One page of a file listing. Stops early, with what it has, once nobody is waiting for it. */
export async function listFiles(
  files: readonly SampleFile[],
  page: PageAsked,
  listing: FileListing,
  gone: AbortSignal,
): Promise<unknown> {
  const items: unknown[] = [];
  for (const [index, file] of files.slice(page.from, page.from + page.size).entries()) {
    if (gone.aborted) break;
    items.push(await fileItem(file, listing, listing.oddLinks === true && index % 2 === 1));
  }
  return envelope(files.length, page, Math.min(1, items.length), items);
}

async function fileItem(file: SampleFile, listing: FileListing, oddLink: boolean): Promise<unknown> {
  const { size, md5 } = await listing.store.facts(file);
  return {
    id: file.id,
    createdOn: wireStamp(file.createdOn),
    [oddLink ? 'a' : 'downloadLink']: `${listing.address}${file.path}`,
    fileSize: size,
    checksum: md5,
    type: file.type,
    expiredOn: file.oddExpiry ? oddStamp(file.expiresOn) : wireStamp(file.expiresOn),
    downloadAttempts: listing.attempts(file),
    ...(listing.named === 'by-name'
      ? { fileName: file.name }
      : {
          metadata: [
            // Spelt like this by the service.
            { key: 'lastConferencaDate', value: wireMetadataDay(file.period) },
            { key: 'humanReadableFileName', value: file.name },
          ],
        }),
  };
}

/** The day that a file was created on, UTC. */
export const creationDay = (file: SampleFile): string => dayAt(file.createdOn);
