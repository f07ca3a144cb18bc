/**
 * Whether a ZIP file is whole. The service gives neither a length nor a checksum, so what the file says of itself is all
 * that there is to go by (spec 8.18, 8.19).
 */
import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Failure, failure } from '../../../contract/failure.ts';
import { crc32 } from './crc32.ts';
import { whyRefused } from './refuse-zip.ts';
import { canUnpack, findBytes, unpacking } from './unpack.ts';
import { readDirectory, type ZipEntry } from './zip-directory.ts';

/**
 * Reads the directory and every file in it, piece by piece. Null when all of it is right. Failure `connection-lost` when
 * the end is missing, `wrong-checksum` when something else is damaged, `unusable-answer` for one that is not unpacked
 * whatever is in it: not here either. Rejects with an error of the disk.
 */
export async function checkZip(path: string): Promise<Failure | null> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const entries = await readDirectory(file, size);
    if (!entries) return failure('connection-lost', `the ZIP ends early, after ${size} bytes`);
    const refused = whyRefused(entries, size);
    if (refused !== null) return failure('unusable-answer', `the ZIP: ${refused}`);
    for (const entry of entries) {
      const wrong = await checkEntry(file, entry, size);
      if (wrong !== null)
        return failure('wrong-checksum', `${entry.name.slice(0, 100)} in the ZIP: ${wrong}`);
    }
    return null;
  } finally {
    await file.close();
  }
}

/** What is wrong with it; null: nothing. */
async function checkEntry(file: FileHandle, entry: ZipEntry, fileSize: number): Promise<string | null> {
  const begin = await findBytes(file, entry, fileSize);
  if (typeof begin === 'string') return begin;
  // What can't be opened can't be looked at either; that it is there has to do.
  if (!canUnpack(entry)) return null;
  const found = createTally(entry.size);
  try {
    await pipeline(...unpacking(file, entry, begin), found.sink);
  } catch (error) {
    if (found.size > entry.size) return `more than ${entry.size} bytes`;
    // What zlib says of the bytes; an error of the disk is the caller's.
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error;
    return String(error.code);
  }
  if (found.size !== entry.size) return `${found.size} bytes instead of ${entry.size}`;
  return found.crc === entry.crc ? null : 'CRC-32';
}

/** Counts and sums what comes, and keeps nothing of it. Takes no more than `most` bytes. */
function createTally(most: number) {
  const tally = {
    size: 0,
    crc: 0,
    sink: new Writable({
      write(chunk: Buffer, _encoding, done) {
        tally.size += chunk.length;
        tally.crc = crc32(chunk, tally.crc);
        done(tally.size > most ? new Error('too long') : null);
      },
    }),
  };
  return tally;
}
