import { z } from 'zod';
import type { DownloadState } from './download-state.ts';
import type { Failure } from './failure.ts';

/** Something true about a finished file that a person should know, without its being a failure. */
export const downloadNotes = [
  'no-checksum',
  'list-may-be-incomplete',
  'maybe-incomplete', // without a length, and with a last line that looks cut off
  'provisional', // of a period that was not over, or so recent that records may still come
  'rows-are-legs', // several rows may be one call
  'too-old-left-out', // the service no longer had the beginning of the period
  'times-outside', // it has times outside the period that was asked for
  'separate-files', // a ZIP of several tables: parts of the period came with other columns than the rest
  'read-as-gb18030', // some of what it was made of is not UTF-8, and was taken for GB18030
] as const;

/** What is in a file of records. Times as they are written there, without a zone; null where none can be read. */
export const rowsNoteSchema = z.object({
  rows: z.number(),
  first: z.string().nullable(),
  last: z.string().nullable(),
});
export type RowsNote = z.infer<typeof rowsNoteSchema>;
/** Where a file that was made of several has no records, since the service has none: times as it was asked for them. */
export const emptyNoteSchema = z.object({
  empty: z.array(z.object({ begin: z.string(), end: z.string() })).min(1),
});
export type EmptyNote = z.infer<typeof emptyNoteSchema>;
/** What was asked for by its name, such as a location, and is in no record. */
export const unseenNoteSchema = z.object({ unseen: z.array(z.string()).min(1) });
export type UnseenNote = z.infer<typeof unseenNoteSchema>;
export type PlainNote = (typeof downloadNotes)[number];
export type DownloadNote = PlainNote | RowsNote | EmptyNote | UnseenNote;

/** One row of the queue, as the renderer sees it. */
export interface Download {
  readonly id: number;
  readonly name: string;
  readonly reportTitle: string;
  /** The days or months that it is of, or else that were asked for: `2026-10-01/2026-10-31`; null where none is known. */
  readonly period: string | null;
  /** Which system it comes from, e.g. `cisco-cca`. */
  readonly provider: string;
  /** The account that it is downloaded with: what tells it from others, and what it is called, e.g. `acme-machine`. */
  readonly accountKey: string;
  readonly accountName: string;
  readonly folder: string;
  readonly state: DownloadState;
  /** Bytes, or null where unknown until the answer arrives. */
  readonly size: number | null;
  /** Bytes on disk so far. */
  readonly received: number;
  /** Bytes a second over the last few seconds; 0 unless downloading. */
  readonly speed: number;
  /** Requests for this file that left this computer, without those that only found it still being made. */
  readonly attempts: number;
  /** Why it failed, or why it waits for a next try. */
  readonly failure: Failure | null;
  /** When a waiting row is tried next (milliseconds since 1970, UTC); null: as soon as there is a slot. */
  readonly nextTryAt: number | null;
  /** True while it waits for somebody to sign in with its account. */
  readonly needsSignIn: boolean;
  readonly notes: readonly DownloadNote[];
}

/** The whole queue in figures. */
export interface DownloadTotals {
  readonly count: Readonly<Record<DownloadState, number>>;
  /** Bytes of all rows that are not cancelled; unknown sizes count what has arrived. */
  readonly totalBytes: number;
  readonly receivedBytes: number;
  /** Bytes a second. */
  readonly speed: number;
}

/** Why nothing is started at the moment although something waits. Times: milliseconds since 1970, UTC. */
export type DownloadHold =
  /** Outside the hours that the person has set. */
  | { readonly reason: 'hours'; readonly until: number }
  /** The service of this account can't be reached; it is tried again by itself. */
  | {
      readonly reason: 'unreachable';
      readonly accountKey: string;
      readonly accountName: string;
      readonly failure: Failure;
      readonly nextTryAt: number;
    };

/** The most rows in one batch or page: few enough to cross to another process without being noticed. */
export const MOST_ROWS_AT_ONCE = 2000;

/**
 * What changed since the last batch: at most ten batches a second of at most `MOST_ROWS_AT_ONCE` rows. `order`
 * increases by one from batch to batch.
 */
export interface DownloadChanges {
  readonly order: number;
  readonly changed: readonly Download[];
  readonly removed: readonly number[];
  readonly totals: DownloadTotals;
  readonly hold: DownloadHold | null;
}

/** Rows in the order of the list, at most `MOST_ROWS_AT_ONCE`. */
export interface DownloadPage {
  /** The `order` of the last batch that this page contains. */
  readonly order: number;
  readonly downloads: readonly Download[];
  /** Ask again with `after` this id for more; null: these were the last. */
  readonly next: number | null;
  readonly totals: DownloadTotals;
  readonly hold: DownloadHold | null;
}

export const addDownloadsSchema = z.object({
  listingId: z.string().max(100),
  fileIds: z.array(z.string().max(500)).min(1).max(200_000),
  folder: z.string().min(1).max(4000),
});
export type AddDownloads = z.infer<typeof addDownloadsSchema>;

export const whichDownloadsSchema = z.union([z.literal('all'), z.array(z.number().int()).max(200_000)]);
/** Rows by id, or all of them. A command leaves rows alone whose state does not allow it. */
export type WhichDownloads = z.infer<typeof whichDownloadsSchema>;
