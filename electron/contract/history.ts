import { z } from 'zod';
import { daySchema } from './calendar.ts';
import type { DownloadNote } from './download.ts';
import type { FailureCode } from './failure.ts';

export const outcomes = ['verified', 'unverified', 'already-there', 'failed', 'cancelled'] as const;
/** `unverified`: whole by all that can be told, but the service gave no checksum to compare with. */
export type Outcome = (typeof outcomes)[number];

/** One download that came to an end. Rows are never changed but for the result of a later check. */
export interface HistoryEntry {
  readonly id: number;
  readonly name: string;
  /** Where it is, or would be: the full path. */
  readonly path: string;
  readonly provider: string;
  /** Tells accounts of the same name apart. */
  readonly accountKey: string;
  readonly accountName: string;
  readonly reportId: string;
  readonly reportTitle: string;
  /**
   * The days or months that it is of, or else that were asked for: `2026-10-01/2026-10-31` or `2026-01/2026-03`; null
   * where none is known.
   */
  readonly period: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Bytes as the service announced, and as they arrived. */
  readonly sizeExpected: number | null;
  readonly size: number | null;
  readonly md5Expected: string | null;
  readonly md5: string | null;
  readonly attempts: number;
  readonly outcome: Outcome;
  readonly failureCode: FailureCode | null;
  readonly notes: readonly DownloadNote[];
  /** The last "Check again", or null. */
  readonly lastCheck: { readonly at: number; readonly result: CheckResult } | null;
}

/**
 * What "Check again" found: `same`: the bytes on disk have the checksum that they had when they arrived;
 * `changed`: they have not; `missing`: no file is there; `unreadable`: it could not be read.
 */
export type CheckResult = 'same' | 'changed' | 'missing' | 'unreadable';

export const historyQuerySchema = z.object({
  /** Every word has to occur in the name, the report, the account or the folder; case does not matter. */
  text: z.string().max(500).default(''),
  reportId: z.string().max(100).nullable().default(null),
  /** Null: of all accounts. */
  accountKey: z.string().max(5000).nullable().default(null),
  outcome: z.enum(outcomes).nullable().default(null),
  /** Days on this computer's calendar, both included. */
  from: daySchema.nullable().default(null),
  to: daySchema.nullable().default(null),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** Newest first. */
export interface HistoryPage {
  /** Entries that match in all. */
  readonly total: number;
  readonly entries: readonly HistoryEntry[];
  /** Every report that has an entry, for the filter. */
  readonly reports: readonly { readonly id: string; readonly title: string }[];
}
