/** The central directory of a ZIP file, which lies at its end (PKWARE APPNOTE 4.3.12 to 4.3.16, ZIP64 included). */
import type { FileHandle } from 'node:fs/promises';

export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  /** It says that it stands for another file. */
  readonly isLink: boolean;
  readonly crc: number;
  /** Bytes in the file, and what they become. */
  readonly packed: number;
  readonly size: number;
  /** Where its own header begins, in bytes from the beginning of the file. */
  readonly at: number;
}

const END_BYTES = 22;
const MOST_COMMENT_BYTES = 0xffff;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;
const ENTRY_BYTES = 46;
/** A directory for a million files; a longer one is taken for damage. */
const MOST_DIRECTORY_BYTES = 128 * 1024 * 1024;

/** Null for a file without a whole directory: most likely its end is missing. Rejects with an error of the disk. */
export async function readDirectory(file: FileHandle, fileSize: number): Promise<ZipEntry[] | null> {
  const tailAt = Math.max(0, fileSize - END_BYTES - MOST_COMMENT_BYTES);
  const tail = await readAt(file, tailAt, fileSize - tailAt);
  const endAt = findEnd(tail);
  if (endAt === null) return null;
  const place = (await readEnd64(file, tailAt + endAt, fileSize)) ?? {
    count: tail.readUInt16LE(endAt + 10),
    bytes: tail.readUInt32LE(endAt + 12),
    at: tail.readUInt32LE(endAt + 16),
  };
  const { count, bytes, at } = place;
  if (bytes > MOST_DIRECTORY_BYTES || at + bytes > tailAt + endAt) return null;
  return readEntries(await readAt(file, at, bytes), count);
}

/** Exactly `length` bytes, or fewer where the file ends. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** The end record reaches to the end of the file, with a comment that it says the length of. */
function findEnd(tail: Buffer): number | null {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    const isEnd = tail.readUInt32LE(at) === 0x06054b50;
    if (isEnd && at + END_BYTES + tail.readUInt16LE(at + 20) <= tail.length) return at;
  }
  return null;
}

/** For more or longer files than two and four bytes can count. Null where there is none. */
async function readEnd64(file: FileHandle, endAt: number, fileSize: number) {
  if (endAt < LOCATOR_BYTES) return null;
  const locator = await readAt(file, endAt - LOCATOR_BYTES, LOCATOR_BYTES);
  if (locator.readUInt32LE(0) !== 0x07064b50) return null;
  const at = Number(locator.readBigUInt64LE(8));
  if (at + END64_BYTES > fileSize) return null;
  const end = await readAt(file, at, END64_BYTES);
  if (end.readUInt32LE(0) !== 0x06064b50) return null;
  return {
    count: Number(end.readBigUInt64LE(32)),
    bytes: Number(end.readBigUInt64LE(40)),
    at: Number(end.readBigUInt64LE(48)),
  };
}

function readEntries(directory: Buffer, count: number): ZipEntry[] | null {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return null;
    const nameEnd = at + ENTRY_BYTES + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const next = extraEnd + directory.readUInt16LE(at + 32);
    if (next > directory.length) return null;
    const [size, packed, headerAt] = widen(
      [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)],
      directory.subarray(nameEnd, extraEnd),
    );
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, nameEnd),
      method: directory.readUInt16LE(at + 10),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      isLink: isUnixLink(directory.readUInt8(at + 5), directory.readUInt32LE(at + 38)),
      crc: directory.readUInt32LE(at + 16),
      size: size ?? 0,
      packed: packed ?? 0,
      at: headerAt ?? 0,
    });
    at = next;
  }
  return entries;
}

/** Programs of Unix (3) and macOS (19) write what kind a file is of into the upper half of its attributes. */
const isUnixLink = (system: number, attributes: number): boolean =>
  (system === 3 || system === 19) && attributes >>> 28 === 0xa;

/** Numbers that are too long for four bytes stand in an extra field, in this order, those that need it only. */
function widen(numbers: readonly number[], extra: Buffer): number[] {
  const wide = findExtra(extra, 0x0001);
  let at = 0;
  return numbers.map((number) => {
    if (number !== 0xffffffff || !wide || at + 8 > wide.length) return number;
    at += 8;
    return Number(wide.readBigUInt64LE(at - 8));
  });
}

function findExtra(extra: Buffer, id: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return null;
}
