import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createFileHasher,
  type FileHasher,
  type StartHashWorker,
} from '../../../electron/manifest/hash-files.ts';
import { countedWorkers, startHashWorker } from './hash-worker-thread.ts';

const MIB = 1024 * 1024;

let folder: string;
let hashers: FileHasher[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdr-hash-'));
  hashers = [];
});
afterEach(async () => {
  for (const hasher of hashers) hasher.close();
  await rm(folder, { recursive: true });
});

function hasherWith(start: StartHashWorker = startHashWorker): FileHasher {
  const hasher = createFileHasher(start);
  hashers.push(hasher);
  return hasher;
}

async function file(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const hex = (algorithm: string, content: Buffer | string) =>
  createHash(algorithm).update(content).digest('hex');
const hashed = (content: Buffer | string) => ({
  kind: 'hashed',
  size: Buffer.byteLength(content),
  md5: hex('md5', content),
  sha256: hex('sha256', content),
});
const cancelled = { kind: 'failed', failure: { code: 'cancelled' } };
const noThread = { kind: 'failed', failure: { code: 'unexpected' } };

/** A thread of its own code in place of the real one. */
const acting = (code: string) => () => new Worker(code, { eval: true });
const never = "require('node:worker_threads').parentPort.on('message', () => {})";

describe('hashing a file', () => {
  it.each([
    ['an empty one', Buffer.alloc(0)],
    ['a small one', Buffer.from('day,minutes\n')],
    ['one of exactly one block', Buffer.alloc(MIB, 'a')],
    ['one of several blocks and a rest', Buffer.alloc(3 * MIB + 7, 'abc')],
  ])('gives size, MD5 and SHA-256 of %s', async (_, content) => {
    expect(await hasherWith().hash(await file('a', content))).toEqual(hashed(content));
  });

  it('says what the file system said of one that cannot be read', async () => {
    const hasher = hasherWith();
    expect(await hasher.hash(join(folder, 'nothing'))).toEqual({ kind: 'unreadable', code: 'ENOENT' });
    expect(await hasher.hash(folder)).toEqual({ kind: 'unreadable', code: 'EISDIR' });
    expect(await hasher.hash(await file('a', 'a'))).toEqual(hashed('a'));
  });

  it('takes one thread for all files, and one file after the other', async () => {
    const workers = countedWorkers();
    const hasher = hasherWith(workers.start);
    const paths = await Promise.all(['a', 'b', 'c'].map((name) => file(name, name.repeat(MIB))));
    const order: string[] = [];
    await Promise.all(
      paths.map(async (path, n) => {
        expect(await hasher.hash(path)).toEqual(hashed('abc'.charAt(n).repeat(MIB)));
        order.push(path);
      }),
    );
    expect(order).toEqual(paths);
    expect(workers.started).toBe(1);
  });

  it('starts no thread before there is something to hash', () => {
    const workers = countedWorkers();
    hasherWith(workers.start).close();
    expect(workers.started).toBe(0);
  });

  it('tells how far it is in a large file', async () => {
    const told: number[] = [];
    const path = await file('a', Buffer.alloc(20 * MIB));
    await hasherWith().hash(path, { onBytes: (bytes) => told.push(bytes) });
    expect(told).toEqual([8 * MIB, 16 * MIB]);
  });
});

describe('stopping', () => {
  it('answers at once, even when the thread does not, and ends the thread', async () => {
    let worker: Worker | null = null;
    const hasher = hasherWith(() => {
      worker = acting(never)();
      return worker;
    });
    const abort = new AbortController();
    const hashing = hasher.hash('x', { signal: abort.signal });
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await hashing).toMatchObject(cancelled);
    if (worker) await once(worker, 'exit');
    expect(worker).not.toBeNull();
  });

  it('in the middle of a file leaves the hasher usable', async () => {
    const hasher = hasherWith();
    const abort = new AbortController();
    const path = await file('a', Buffer.alloc(24 * MIB));
    const stopped = hasher.hash(path, { signal: abort.signal, onBytes: () => abort.abort() });
    expect(await stopped).toMatchObject(cancelled);
    expect(await hasher.hash(await file('b', 'b'))).toEqual(hashed('b'));
  });

  it('before it began starts nothing', async () => {
    const workers = countedWorkers();
    const signal = AbortSignal.abort();
    expect(await hasherWith(workers.start).hash('x', { signal })).toMatchObject(cancelled);
    expect(workers.started).toBe(0);
  });

  it('by closing ends what is under way, and the thread', async () => {
    const workers = countedWorkers();
    const hasher = hasherWith(workers.start);
    const hashing = hasher.hash(await file('a', Buffer.alloc(24 * MIB)), { onBytes: () => hasher.close() });
    expect(await hashing).toMatchObject(cancelled);
    while (workers.alive > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(workers.started).toBe(1);
  });
});

describe('without a thread', () => {
  it.each<[string, StartHashWorker]>([
    ['whose file is not there', () => new Worker('/nowhere/hash-worker.cjs')],
    ['whose path is none', () => new Worker('not a path')],
    ['that breaks while it starts', acting("throw new Error('no')")],
    [
      'that ends in the middle',
      acting("require('node:worker_threads').parentPort.once('message', () => {})"),
    ],
    ['that says something else', acting("require('node:worker_threads').parentPort.postMessage('what')")],
  ])('%s, the file is not hashed, and that is said', async (_, start) => {
    expect(await hasherWith(start).hash('x')).toMatchObject(noThread);
  });

  it('the next file has another one', async () => {
    const starts = [acting("throw new Error('no')"), startHashWorker];
    const hasher = hasherWith(() => (starts.shift() ?? startHashWorker)());
    expect(await hasher.hash('x')).toMatchObject(noThread);
    expect(await hasher.hash(await file('a', 'a'))).toEqual(hashed('a'));
  });
});
