import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const BLOCK = Buffer.alloc(4 * 1024 * 1024, 'CDR Desk');
const BLOCKS = 64;
const BYTES = BLOCK.length * BLOCKS;

/** What no program can get around on this machine; bytes a second. */
export interface MachineLimits {
  readonly md5: number;
  readonly write: number;
  /** Written and flushed, so that it stays after a power cut. */
  readonly flushedWrite: number;
}

/** Tries it out with one core, and one file in `folder`. */
export async function measureLimits(folder: string): Promise<MachineLimits> {
  const hashed = performance.now();
  const hash = createHash('md5');
  for (let block = 0; block < BLOCKS; block += 1) hash.update(BLOCK);
  hash.digest();
  const path = join(folder, 'limits');
  const file = await open(path, 'w');
  const begun = performance.now();
  for (let block = 0; block < BLOCKS; block += 1) await file.write(BLOCK);
  const written = performance.now();
  await file.sync();
  const flushed = performance.now();
  await file.close();
  await rm(path);
  const perSecond = (milliseconds: number) => (BYTES / milliseconds) * 1000;
  return {
    md5: perSecond(begun - hashed),
    write: perSecond(written - begun),
    flushedWrite: perSecond(flushed - begun),
  };
}

export function describeLimits({ md5, write, flushedWrite }: MachineLimits): string {
  const toMB = (bytes: number) => Math.round(bytes / 1e6);
  return `One core hashes ${toMB(md5)} MB/s (MD5); one file is written at ${toMB(write)} MB/s, flushed at ${toMB(flushedWrite)} MB/s.`;
}
