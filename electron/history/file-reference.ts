import { z } from 'zod';

/** What the first bytes must look like: a ZIP begins with `PK`; text is neither a web page nor JSON. */
export type FileContent = 'zip' | 'text';

/** One file to get, and enough to find it again. Kept with its row in the queue and in the history. */
export interface FileReference {
  readonly provider: string;
  /** Tells accounts apart: provider, server and account name. Nothing secret. */
  readonly accountKey: string;
  readonly accountName: string;
  readonly reportId: string;
  readonly reportTitle: string;
  /** The period that was asked for, `2026-10-01/2026-10-31` or `2026-01/2026-03`; null for a report without one. */
  readonly period: string | null;
  /** The service's id of the file; with `accountKey` it identifies the file for ever. */
  readonly fileId: string;
  readonly link: string;
  /** What listed it, for its provider to list it again. The engine does not read it. */
  readonly question: string;
  /** Safe on every file system. */
  readonly name: string;
  /** Bytes. */
  readonly size: number | null;
  /** 32 lower-case hex digits. */
  readonly md5: string | null;
  readonly content: FileContent;
  /** Milliseconds since 1970, UTC. */
  readonly expiresAt: number | null;
  /** Attempts that the service had counted when it listed the file. */
  readonly attemptsCounted: number | null;
}

/** A reference as the history keeps it. */
export const fileReferenceSchema: z.ZodType<FileReference> = z.object({
  provider: z.string(),
  accountKey: z.string(),
  accountName: z.string(),
  reportId: z.string(),
  reportTitle: z.string(),
  period: z.string().nullable().default(null),
  fileId: z.string(),
  link: z.string(),
  question: z.string(),
  name: z.string(),
  size: z.number().nullable(),
  md5: z.string().nullable(),
  content: z.enum(['zip', 'text']),
  expiresAt: z.number().nullable(),
  attemptsCounted: z.number().nullable(),
});
