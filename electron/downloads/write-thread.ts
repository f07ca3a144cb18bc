/** The owner of the write thread: starts it when there is something for it to write, and ends it. */
import type { Worker } from 'node:worker_threads';
import { type WriteAnswer, type WriteJob, writeAnswersSchema } from './write-jobs.ts';

/** Starts a thread with `write-worker.ts`. */
export type StartWriteWorker = () => Worker;

/** One file, from its first byte to its last. */
export interface ThreadFile {
  /**
   * Writes the chunks one behind the other at `position`, and takes them into the MD5. Their memory moves to the thread,
   * so each must have its own (`withOwnMemory`). Rejects with an error of the file system, or with what ended the
   * thread.
   */
  append(chunks: readonly Uint8Array[], position: number): Promise<void>;
  /** Of all bytes appended, in lower-case hex. */
  md5(): Promise<string>;
  /** Nothing more is to come; the file itself stays open. */
  end(): void;
}

export interface WriteThread {
  /** Begins a file that is open for writing under the number `fd`. */
  begin(fd: number): ThreadFile;
  /** Ends the thread, and with it what is under way. */
  close(): void;
}

interface Started {
  readonly worker: Worker;
  /** Jobs that wait to be sent together, at the end of this turn of the event loop. */
  waiting: WriteJob[];
  /** Whose answers are still to come, in order. */
  readonly asked: { resolve(answer: WriteAnswer): void; reject(error: unknown): void }[];
}

export function createWriteThread(startWorker: StartWriteWorker): WriteThread {
  let current: Started | null = null;
  let files = 0;

  function start(): Started {
    const started: Started = { worker: startWorker(), waiting: [], asked: [] };
    const { worker } = started;
    worker.on('message', (message) => {
      const answers = writeAnswersSchema.safeParse(message);
      if (!answers.success) return drop(started, answers.error);
      for (const answer of answers.data) started.asked.shift()?.resolve(answer);
    });
    worker.on('error', (error) => drop(started, error));
    worker.on('messageerror', (error) => drop(started, error));
    worker.on('exit', () => drop(started, new Error('the write thread has ended')));
    return started;
  }

  /** A file that is under way there can't go on elsewhere: its bytes so far are in no other checksum. */
  function drop(started: Started, error: unknown): void {
    if (started === current) current = null;
    void started.worker.terminate();
    for (const { reject } of started.asked.splice(0)) reject(error);
  }

  function send(started: Started): void {
    const jobs = started.waiting;
    started.waiting = [];
    const memory = new Set(jobs.flatMap((job) => (job.kind === 'append' ? job.chunks.map(memoryOf) : [])));
    try {
      started.worker.postMessage(jobs, [...memory]);
    } catch (error) {
      drop(started, error);
    }
  }

  function post(started: Started, job: WriteJob): void {
    if (started.waiting.length === 0) setImmediate(send, started);
    started.waiting.push(job);
  }

  function ask(started: Started, job: WriteJob): Promise<WriteAnswer> {
    if (started !== current) return Promise.reject(new Error('the write thread has ended'));
    return new Promise((resolve, reject) => {
      started.asked.push({ resolve, reject });
      post(started, job);
    });
  }

  return {
    begin(fd) {
      current ??= start();
      const started = current;
      const file = ++files;
      return {
        async append(chunks, position) {
          const answer = await ask(started, { kind: 'append', file, fd, position, chunks });
          if (answer.kind === 'refused') throw diskError(answer);
        },
        async md5() {
          const answer = await ask(started, { kind: 'md5', file });
          if (answer.kind !== 'md5') throw new Error(`the write thread answered ${answer.kind}`);
          return answer.md5;
        },
        end() {
          if (started === current) post(started, { kind: 'forget', file });
        },
      };
    },
    close() {
      if (current) drop(current, new Error('the write thread was closed'));
    },
  };
}

const memoryOf = ({ buffer }: Uint8Array): ArrayBuffer => {
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new TypeError('shared memory can not be given away');
};

const diskError = ({ code, syscall }: { readonly code: string; readonly syscall: string }): Error =>
  Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });

/**
 * The same bytes in memory that nobody else will look into: a copy, unless they are the last ones of a larger piece
 * of memory. What lies before them there has been dealt with already, and so many bytes are never from the memory that
 * Node shares out (`Buffer.poolSize`).
 */
export function withOwnMemory(chunk: Buffer): Uint8Array {
  const isLast = chunk.byteOffset + chunk.length === chunk.buffer.byteLength;
  return isLast && chunk.length >= Buffer.poolSize / 2 ? chunk : new Uint8Array(chunk);
}
