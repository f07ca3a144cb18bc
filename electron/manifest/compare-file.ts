import { lstat } from 'node:fs/promises';
import type { CheckResult } from '../contract/history.ts';
import { errnoOf } from '../downloads/disk-failure.ts';
import type { FileHasher, HashOptions, HashOutcome } from './hash-files.ts';

/** What the file should be. `sha256`: null where it is not known yet. */
export interface Expected {
  /** Bytes. */
  readonly size: number;
  readonly md5: string;
  readonly sha256: string | null;
}

/** How a file is now. `size` is in bytes; `sha256` is there as soon as the file had to be read. */
export type Comparison =
  | { readonly kind: 'same'; readonly size: number; readonly sha256: string }
  | { readonly kind: 'changed'; readonly size: number }
  | { readonly kind: Exclude<CheckResult, 'same' | 'changed'> }
  | Extract<HashOutcome, { readonly kind: 'failed' }>;

/**
 * Compares a file with what it should be. One of another size is not read. A folder or a link of that name is not the
 * file.
 */
export async function compareFile(
  hasher: FileHasher,
  path: string,
  expected: Expected,
  options: HashOptions = {},
): Promise<Comparison> {
  const size = await sizeOf(path);
  if (typeof size !== 'number') return { kind: size };
  if (size !== expected.size) return { kind: 'changed', size };
  const found = await hasher.hash(path, options);
  if (found.kind === 'failed') return found;
  if (found.kind === 'unreadable') return { kind: meaningOf(found.code) };
  const isSame =
    found.size === expected.size &&
    found.md5 === expected.md5 &&
    (expected.sha256 === null || found.sha256 === expected.sha256);
  return isSame ? { kind: 'same', size, sha256: found.sha256 } : { kind: 'changed', size: found.size };
}

async function sizeOf(path: string): Promise<number | 'missing' | 'unreadable'> {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? stats.size : 'missing';
  } catch (error) {
    const code = errnoOf(error);
    if (code === null) throw error;
    return meaningOf(code);
  }
}

const meaningOf = (code: string): 'missing' | 'unreadable' =>
  code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
