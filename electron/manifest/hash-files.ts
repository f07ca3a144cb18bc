/** The owner of the hash worker: starts it when there is something to hash, and ends it. */
import type { Worker } from 'node:worker_threads';
import { type Failure, failure } from '../contract/failure.ts';
import { errorCode } from '../lib/error-code.ts';
import { createInTurn } from '../lib/in-turn.ts';
import { type HashAnswer, hashAnswerSchema } from './hash-answers.ts';

/** Starts a thread with `hash-worker.ts`. */
export type StartHashWorker = () => Worker;

/** `failed`: it was stopped (`cancelled`), or there is no thread to do it (`unexpected`). */
export type HashOutcome =
  | Exclude<HashAnswer, { readonly kind: 'read' }>
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface HashOptions {
  /** Stops it at once, even while the disk does not answer. */
  readonly signal?: AbortSignal;
  /** Told now and then while a large file is read: its bytes so far. */
  onBytes?(bytes: number): void;
}

export interface FileHasher {
  /** Reads a whole file, off this thread. One file at a time: others wait for their turn. Never rejects. */
  hash(path: string, options?: HashOptions): Promise<HashOutcome>;
  /** To be called when nothing more is to be hashed. What is under way is stopped. */
  close(): void;
}

const stopped: HashOutcome = { kind: 'failed', failure: failure('cancelled', 'hashing was stopped') };
const broken = (error: unknown): HashOutcome => ({
  kind: 'failed',
  failure: failure('unexpected', `hash worker: ${errorCode(error)}`),
});

export function createFileHasher(startWorker: StartHashWorker): FileHasher {
  const inTurn = createInTurn();
  let worker: Worker | null = null;
  let onAnswer: ((answer: HashAnswer) => void) | null = null;
  let end: ((outcome: HashOutcome) => void) | null = null;

  function start(): Worker {
    const started = startWorker();
    started.on('message', (message) => {
      const answer = hashAnswerSchema.safeParse(message);
      if (started === worker) answer.success ? onAnswer?.(answer.data) : drop(broken(answer.error));
    });
    const onGone = (error: unknown) => {
      if (started === worker) drop(broken(error));
    };
    started.on('error', onGone);
    started.on('messageerror', onGone);
    started.on('exit', onGone);
    return started;
  }

  /** Ends the thread, and with it what is under way. */
  function drop(outcome: HashOutcome): void {
    void worker?.terminate();
    worker = null;
    end?.(outcome);
  }

  function hashNow(path: string, { signal, onBytes }: HashOptions): Promise<HashOutcome> {
    if (signal?.aborted) return Promise.resolve(stopped);
    return new Promise((resolve) => {
      const onAbort = () => drop(stopped);
      end = (outcome) => {
        end = null;
        onAnswer = null;
        signal?.removeEventListener('abort', onAbort);
        resolve(outcome);
      };
      onAnswer = (answer) => (answer.kind === 'read' ? onBytes?.(answer.bytes) : end?.(answer));
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        worker ??= start();
        worker.postMessage(path);
      } catch (error) {
        drop(broken(error));
      }
    });
  }

  return {
    hash: (path, options = {}) => inTurn(() => hashNow(path, options)),
    close: () => drop(stopped),
  };
}
