/**
 * The thread that writes parts and computes their checksums. An entry of its own: it is built into one file. A message
 * is a list of jobs, from the one other thread of this program that knows it.
 */
import { createHash, type Hash } from 'node:crypto';
import { writevSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { createReadBuffers, youngCollector } from '../network/read-buffers.ts';
import type { WriteAnswer, WriteJob } from './write-jobs.ts';

/** This thread has few other objects, so that looking through them costs next to nothing. */
const readBuffers = createReadBuffers(4 * 1024 * 1024, youngCollector());
const hashes = new Map<number, Hash>();

function hashOf(file: number): Hash {
  const begun = hashes.get(file) ?? createHash('md5');
  hashes.set(file, begun);
  return begun;
}

/** Waits for the disk: nothing else is to be done here. */
function append({ file, fd, position, chunks }: Extract<WriteJob, { kind: 'append' }>): WriteAnswer {
  const hash = hashOf(file);
  let at = position;
  let rest = chunks;
  for (const chunk of chunks) hash.update(chunk);
  while (rest.length > 0) {
    const written = writevSync(fd, rest, at);
    at += written;
    rest = without(rest, written);
  }
  readBuffers.arrived(at - position);
  return { kind: 'written' };
}

/** The system may write less than it was given. */
function without(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  return chunks.flatMap((chunk) => {
    const rest = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - rest.length;
    return rest.length > 0 ? [rest] : [];
  });
}

function tryToAppend(job: Extract<WriteJob, { kind: 'append' }>): WriteAnswer {
  try {
    return append(job);
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error && 'code' in error;
    if (!isOfDisk) throw error;
    return { kind: 'refused', code: String(error.code), syscall: String(error.syscall) };
  }
}

function answerTo(job: WriteJob): WriteAnswer[] {
  if (job.kind === 'append') return [tryToAppend(job)];
  if (job.kind === 'md5') return [{ kind: 'md5', md5: hashOf(job.file).copy().digest('hex') }];
  hashes.delete(job.file);
  return [];
}

parentPort?.on('message', (jobs: readonly WriteJob[]) => {
  const answers = jobs.flatMap(answerTo);
  if (answers.length > 0) parentPort?.postMessage(answers);
});
