/**
 * Reads the listings of the CCA service: strict about the little that is needed, lenient about the rest. A file
 * is never lost because one of its fields is odd.
 */
import { z } from 'zod';
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { safeFileName } from '../../lib/safe-file-name.ts';
import { isLoopback } from '../../network/host-guard.ts';
import type { ListedFile } from '../provider.ts';
import { dateInName, readStamp, utcDay } from './wire-dates.ts';

export interface Listing<T> {
  readonly items: readonly T[];
  /** How many items the answer held, usable or not: the next page begins after them. */
  readonly count: number;
  /** Matches in all, as of this page; null when the service does not say. */
  readonly total: number | null;
}

/** What the files of a listing have in common. */
export interface ListingContext {
  readonly content: ListedFile['content'];
  /** The site that was asked for, where it was one. */
  readonly site: string | null;
}

/** Numbers may come as text; what is no whole number from 0 on is unknown. */
const count = z.preprocess(
  (value) => (typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value),
  z.int().nonnegative().nullable().catch(null),
);

/** Text with something in it, or null. */
const text = z.string().trim().min(1).nullable().catch(null);

/** A UUID in every known answer. One of endless length is none that anybody could ask for again. */
const id = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(500));

const envelope = z.object({ total: count, items: z.array(z.unknown()).nullish() });

const site = z.object({ siteName: z.string().refine((name) => name.trim() !== '') });

const metadata = z
  .array(z.object({ key: z.string(), value: text }).nullable().catch(null))
  .catch([])
  .transform((entries) => (key: string) => entries.find((entry) => entry?.key === key && entry.value)?.value);

const fileItem = z.looseObject({
  id,
  fileName: text,
  fileSize: count,
  checksum: text,
  createdOn: z.unknown().optional(),
  expiredOn: z.unknown().optional(),
  downloadAttempts: count,
  metadata,
});

/** The sites of an answer of the site call. */
export function readSites(json: unknown): Result<Listing<string>> {
  return readItems(json, (item) => {
    const read = site.safeParse(item);
    return read.success ? read.data.siteName : null;
  });
}

/** The files of an answer of any of the file lists. */
export function readFiles(json: unknown, context: ListingContext): Result<Listing<ListedFile>> {
  return readItems(json, (item) => readFile(item, context));
}

function readItems<T>(json: unknown, read: (item: unknown) => T | null): Result<Listing<T>> {
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return unusable(describe(parsed.error));
  const { total, items: raw } = parsed.data;
  if (!raw && total !== 0) return unusable('no items');
  const list = raw ?? [];
  const items = list.map(read).filter((item) => item !== null);
  if (list.length > 0 && items.length === 0) return unusable(`none of ${list.length} items can be read`);
  return ok({ items, count: list.length, total });
}

function readFile(item: unknown, context: ListingContext): ListedFile | null {
  const parsed = fileItem.safeParse(item);
  if (!parsed.success) return null;
  const file = parsed.data;
  // CDR files of a site have no fileName, archives and Peak Port files no metadata.
  const givenName = file.fileName ?? file.metadata('humanReadableFileName') ?? null;
  const link = findLink(file);
  return {
    id: file.id,
    name: safeFileName(givenName ?? madeUpName(file.id, context)),
    size: file.fileSize,
    md5: file.checksum && /^[0-9a-f]{32}$/i.test(file.checksum) ? file.checksum.toLowerCase() : null,
    createdOn: readStamp(file.createdOn),
    expiresOn: readStamp(file.expiredOn),
    nameDate: givenName === null ? lastConferenceDay(file.metadata) : dateInName(givenName),
    site: context.site,
    attempts: file.downloadAttempts,
    downloadable: link !== null,
    link,
    content: context.content,
  };
}

function madeUpName(fileId: string, { site: siteName, content }: ListingContext): string {
  const name = `${siteName ?? 'CDR'}_${fileId}`.replace(/[/\\]/g, '_');
  return `${name}.${content === 'zip' ? 'zip' : 'csv'}`;
}

/** The service misspells the key; the right spelling is taken too, for the day when it is mended. */
function lastConferenceDay(metadataOf: (key: string) => string | null | undefined): string | null {
  const read = readStamp(metadataOf('lastConferencaDate') ?? metadataOf('lastConferenceDate'));
  return read && utcDay(read.time);
}

/**
 * The link is under `downloadLink`, in some answers under `a`. Failing both, the only other address in the item is
 * taken for it. A link is never made from an id: the service's own do not always agree with it.
 */
function findLink(item: Readonly<Record<string, unknown>>): string | null {
  for (const value of [item.downloadLink, item.a]) {
    const link = readLink(value);
    if (link) return link.href;
  }
  const others = Object.values(item)
    .map(readLink)
    .filter((url) => url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname)));
  return others.length === 1 ? (others[0]?.href ?? null) : null;
}

/** A web address of either kind; which of them may be asked is decided where it is asked. */
function readLink(value: unknown): URL | null {
  if (typeof value !== 'string' || !/^\s*https?:\/\//i.test(value)) return null;
  try {
    return new URL(value);
  } catch {
    return null;
  }
}

const describe = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'answer'}: ${issue.code}`).join(', ');

const unusable = (detail: string) => failed(failure('unusable-answer', detail));
