import { createHash } from 'node:crypto';
import { z } from 'zod';
import { failed, ok, type Result } from '../contract/result.ts';
import type { FileReference } from '../downloads/file-source.ts';
import { safeFileName } from '../lib/safe-file-name.ts';

/** What plain links belong to in the queue, in place of an account. */
export const LINKS = 'links';

const linkSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: 'has to be a link that begins with http:// or https://' }),
  name: z
    .string('has to be text')
    .refine((name) => name !== '' && safeFileName(name) === name, 'is no name that every system can store'),
  /** Bytes. */
  size: z.int('has to be a number of bytes').min(0).nullish(),
  md5: z
    .string('has to be text')
    .regex(/^[0-9a-f]{32}$/i, 'has to be 32 hex digits')
    .nullish(),
});

/**
 * Reads a list of links: a JSON array, or a JSON object a line; blank lines don't count. Fails with a sentence that
 * says where the first mistake is.
 */
export function readLinkList(text: string): Result<FileReference[], string> {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  return trimmed.startsWith('[') ? readArray(trimmed) : readLines(trimmed);
}

function readArray(text: string): Result<FileReference[], string> {
  const array = z.array(z.unknown()).safeParse(parseJson(text));
  if (!array.success) return failed('The list is not JSON.');
  return readAll(array.data.map((item, index) => ({ item, where: `Item ${index + 1}` })));
}

function readLines(text: string): Result<FileReference[], string> {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), where: `Line ${index + 1}` }));
  const filled = lines.filter(({ line }) => line !== '');
  return readAll(filled.map(({ line, where }) => ({ item: parseJson(line), where })));
}

interface Item {
  /** Undefined for what is no JSON. */
  readonly item: unknown;
  readonly where: string;
}

function readAll(items: readonly Item[]): Result<FileReference[], string> {
  const references: FileReference[] = [];
  for (const { item, where } of items) {
    const link = linkSchema.safeParse(item);
    if (!link.success) return failed(`${where}: ${explain(item, link.error)}.`);
    references.push(toReference(link.data));
  }
  return ok(references);
}

function explain(item: unknown, { issues: [issue] }: z.ZodError): string {
  if (item === undefined) return 'not JSON';
  const field = issue?.path.join('.') ?? '';
  return field === '' ? 'not an object with url, name, size and md5' : `${field} ${issue?.message}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toReference({ url, name, size = null, md5 = null }: z.infer<typeof linkSchema>): FileReference {
  const expected = md5?.toLowerCase() ?? null;
  return {
    provider: LINKS,
    accountKey: LINKS,
    accountName: new URL(url).host,
    reportId: LINKS,
    reportTitle: 'Plain links',
    period: null,
    fileId: idOf([url, name, String(size), String(expected)]),
    link: url,
    question: '',
    name,
    size,
    md5: expected,
    content: name.toLowerCase().endsWith('.zip') ? 'zip' : 'text',
    expiresAt: null,
    attemptsCounted: null,
  };
}

/** The same file is the same line of a list: a part of it is continued only when all that is said of it is the same. */
const idOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('base64url');
