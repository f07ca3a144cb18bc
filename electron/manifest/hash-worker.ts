/**
 * The thread that reads files and computes their checksums. An entry of its own: it is built into one file, and uses
 * Node's own modules only. A message is a path; the answers are those of `hash-answers.ts`.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { HashAnswer } from './hash-answers.ts';

const BLOCK_BYTES = 1024 * 1024;
const TELL_EVERY_BYTES = 8 * BLOCK_BYTES;

const block = Buffer.allocUnsafe(BLOCK_BYTES);
const answer = (message: HashAnswer) => parentPort?.postMessage(message);

/** Waits for the disk: nothing else is to be done here, and no block of bytes changes hands. */
function hashFile(path: string): HashAnswer {
  const file = openSync(path, 'r');
  try {
    const md5 = createHash('md5');
    const sha256 = createHash('sha256');
    let size = 0;
    let told = 0;
    for (;;) {
      const bytes = readSync(file, block, 0, BLOCK_BYTES, size);
      if (bytes === 0) return { kind: 'hashed', size, md5: md5.digest('hex'), sha256: sha256.digest('hex') };
      const read = block.subarray(0, bytes);
      md5.update(read);
      sha256.update(read);
      size += bytes;
      if (size - told >= TELL_EVERY_BYTES) {
        told = size;
        answer({ kind: 'read', bytes: size });
      }
    }
  } finally {
    closeSync(file);
  }
}

function tryToHash(path: string): HashAnswer {
  try {
    return hashFile(path);
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error && 'code' in error;
    if (!isOfDisk) throw error;
    return { kind: 'unreadable', code: String(error.code) };
  }
}

parentPort?.on('message', (path: unknown) => answer(tryToHash(String(path))));
