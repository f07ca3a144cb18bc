import type { FileHandle } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { readAt, type ZipEntry } from './zip-directory.ts';

const HEADER_BYTES = 30;
const PIECE_BYTES = 64 * 1024;

/** Where the packed bytes of an entry begin, or what is wrong with its header. */
export async function findBytes(
  file: FileHandle,
  entry: ZipEntry,
  fileSize: number,
): Promise<number | string> {
  const header = await readAt(file, entry.at, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== 0x04034b50) return 'no header';
  const begin = entry.at + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  return begin + entry.packed > fileSize ? 'reaches beyond the end' : begin;
}

/** Whether an entry can be unpacked without a password, by a way that is known here. */
export const canUnpack = ({ encrypted, method }: ZipEntry): boolean =>
  !encrypted && (method === 0 || method === 8);

/** The packed bytes that begin at `begin`, piece by piece, and what turns them into those of the file. */
export function unpacking(
  file: FileHandle,
  { method, packed }: ZipEntry,
  begin: number,
): readonly [Readable, Transform] {
  const unpack = method === 0 ? passOn() : createInflateRaw();
  return [Readable.from(pieces(file, begin, packed)), unpack];
}

const passOn = () => new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) });

async function* pieces(file: FileHandle, begin: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; ) {
    const piece = await readAt(file, begin + done, Math.min(PIECE_BYTES, length - done));
    if (piece.length === 0) return;
    done += piece.length;
    yield piece;
  }
}
