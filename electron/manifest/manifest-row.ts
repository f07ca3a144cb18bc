/** What a manifest says of one file, and how that stands in a line of it. */
import { z } from 'zod';

/** How a download ended that brought its file. */
export const wholeOutcomes = ['verified', 'unverified', 'already-there'] as const;

export interface ManifestRow {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** As the service announced it, 32 lower-case hex digits; null where it did not. */
  readonly md5Expected: string | null;
  /** Of the bytes on disk when the manifest was written, in lower-case hex. */
  readonly md5Found: string;
  readonly sha256: string;
  /** The id of the CDR system, e.g. `cisco-cca`. */
  readonly service: string;
  readonly account: string;
  /** The report in words. */
  readonly report: string;
  /** `2026-10-01/2026-10-31` or `2026-01/2026-03`; null where none is known. */
  readonly period: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly downloadedAt: number;
  readonly attempts: number;
  readonly outcome: (typeof wholeOutcomes)[number];
  /** In words; empty where there is nothing to say. */
  readonly notes: string;
}

/** The columns that a manifest is known by, in the order in which they are written. */
export const neededColumns = [
  'name',
  'size',
  'md5_expected',
  'md5_found',
  'sha256',
  'service',
  'account',
  'report',
  'period',
  'downloaded_at',
  'attempts',
  'outcome',
] as const;

/** All of them. The last one is younger than some manifests. */
export const manifestColumns = [...neededColumns, 'notes'] as const;

type Cells = Readonly<Record<(typeof manifestColumns)[number], string>>;

export const toCells = (row: ManifestRow): Cells => ({
  name: row.name,
  size: String(row.size),
  md5_expected: row.md5Expected ?? '',
  md5_found: row.md5Found,
  sha256: row.sha256,
  service: row.service,
  account: row.account,
  report: row.report,
  period: row.period ?? '',
  downloaded_at: new Date(row.downloadedAt).toISOString(),
  attempts: String(row.attempts),
  outcome: row.outcome,
  notes: row.notes,
});

const count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const hex = (digits: number) =>
  z
    .string()
    .toLowerCase()
    .regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const orNull = <T>(schema: z.ZodType<T, string>) => z.union([z.literal('').transform(() => null), schema]);

/** Reads the cells of a line by their columns. A manifest comes from outside: anything may stand there. */
export const cellsSchema = z
  .object({
    name: z.string().min(1),
    size: count,
    md5_expected: orNull(hex(32)),
    md5_found: hex(32),
    sha256: hex(64),
    service: z.string(),
    account: z.string(),
    report: z.string(),
    period: orNull(z.string()),
    downloaded_at: z.iso.datetime().transform((stamp) => Date.parse(stamp)),
    attempts: count,
    outcome: z.enum(wholeOutcomes),
    notes: z.string().default(''),
  })
  .transform(
    (cells): ManifestRow => ({
      name: cells.name,
      size: cells.size,
      md5Expected: cells.md5_expected,
      md5Found: cells.md5_found,
      sha256: cells.sha256,
      service: cells.service,
      account: cells.account,
      report: cells.report,
      period: cells.period,
      downloadedAt: cells.downloaded_at,
      attempts: cells.attempts,
      outcome: cells.outcome,
      notes: cells.notes,
    }),
  );
