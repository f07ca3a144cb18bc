import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';

const entrySchema = z.object({
  path: z.string(),
  size: z.number().nullable(),
  md5: z.string().nullable(),
  md5Expected: z.string().nullable(),
  outcome: z.string(),
});

/** What the application's history says of one download. */
export type RecordedDownload = z.infer<typeof entrySchema>;

/** Reads the answer of the history call that the page itself uses. */
export function readHistory(answer: unknown): RecordedDownload[] {
  const page = z.object({ value: z.object({ entries: z.array(entrySchema) }) }).parse(answer);
  return page.value.entries;
}

export interface CheckedFile {
  readonly name: string;
  /** Bytes on disk. */
  readonly bytes: number;
  /** MD5 of the bytes on disk. */
  readonly md5: string;
  /** What is wrong with it; nothing for a file that is whole and verified. */
  readonly problem?: string;
}

/** Reads the file on disk and holds it against the record. Takes nobody's word for the checksum. */
export async function checkOnDisk(recorded: RecordedDownload): Promise<CheckedFile> {
  const name = basename(recorded.path);
  const content = await readFile(recorded.path).catch(() => undefined);
  if (content === undefined) return { name, bytes: 0, md5: '', problem: 'not on disk' };
  const md5 = createHash('md5').update(content).digest('hex');
  const problem = problemWith(recorded, content.length, md5);
  return { name, bytes: content.length, md5, ...(problem === undefined ? {} : { problem }) };
}

function problemWith(recorded: RecordedDownload, bytes: number, md5: string): string | undefined {
  if (recorded.outcome !== 'verified') return `recorded as ${recorded.outcome}`;
  if (recorded.size !== bytes) return `recorded with ${recorded.size} bytes`;
  if (recorded.md5 !== md5) return `recorded with MD5 ${recorded.md5}`;
  if (recorded.md5Expected !== md5) return `the service gave MD5 ${recorded.md5Expected}`;
  return undefined;
}

/** One line a file, in columns. */
export function fileTable(files: readonly CheckedFile[]): string {
  const nameWidth = Math.max(4, ...files.map(({ name }) => name.length));
  const row = (name: string, bytes: string, md5: string, verdict: string) =>
    `${name.padEnd(nameWidth)}  ${bytes.padStart(10)}  ${md5.padEnd(32)}  ${verdict}`;
  return [
    row('File', 'Bytes', 'MD5 on disk', 'Verdict'),
    ...files.map(({ name, bytes, md5, problem }) =>
      row(name, String(bytes), md5, problem === undefined ? 'verified' : `NOT VERIFIED: ${problem}`),
    ),
  ].join('\n');
}
