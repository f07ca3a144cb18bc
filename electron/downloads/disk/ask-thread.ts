import type { Worker } from 'node:worker_threads';
import type { DiskAnswers, DiskError, DiskOp, DiskRequest, FromDisk, ToDisk } from './protocol.ts';

/** Asks the disk's thread, and has the requests of one turn of the event loop go together. */
export interface DiskAsker {
  ask<R extends DiskRequest>(request: R, signal?: AbortSignal): Promise<DiskAnswers[R['op']]>;
  /** Ends the thread. What it was still asked for fails. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: DiskAnswers[DiskOp]): void;
  reject(error: Error): void;
}

/** The thread is started when it is needed first, and keeps the program from ending only while it has work. */
export function createDiskAsker(startThread: () => Worker): DiskAsker {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let requests: (readonly [number, DiskRequest])[] = [];
  let cancel: number[] = [];
  let lastNumber = 0;
  let scheduled = false;

  function threadNow(): Worker {
    if (thread) return thread;
    const started = startThread();
    started.on('message', (answers: FromDisk) => {
      for (const [number, error, answer] of answers) settle(number, error, answer);
    });
    // What it was asked for is lost with it; the next request starts another one.
    started.on('error', (error) => failAll(error));
    started.on('exit', () => failAll(new Error("the disk's thread has ended")));
    thread = started;
    return started;
  }

  function failAll(error: unknown): void {
    thread = null;
    for (const number of [...waiting.keys()]) {
      settle(number, { message: String(error), code: null, syscall: null }, null);
    }
  }

  function settle(number: number, error: DiskError | null, answer: DiskAnswers[DiskOp] | null): void {
    const asked = waiting.get(number);
    waiting.delete(number);
    if (waiting.size === 0) thread?.unref();
    if (error) asked?.reject(toError(error));
    else asked?.resolve(answer);
  }

  function send(): void {
    scheduled = false;
    const message: ToDisk = { requests, cancel };
    requests = [];
    cancel = [];
    threadNow().postMessage(message);
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(send);
  }

  return {
    ask<R extends DiskRequest>(request: R, signal?: AbortSignal) {
      const number = ++lastNumber;
      const stop = () => {
        cancel.push(number);
        schedule();
      };
      signal?.addEventListener('abort', stop, { once: true });
      const answered = new Promise<DiskAnswers[R['op']]>((resolve, reject) => {
        if (waiting.size === 0) threadNow().ref();
        waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      });
      requests.push([number, request]);
      schedule();
      return signal ? answered.finally(() => signal.removeEventListener('abort', stop)) : answered;
    },
    async close() {
      await thread?.terminate();
      thread = null;
    },
  };
}

/** As the file system threw it in the other thread. */
const toError = ({ message, code, syscall }: DiskError): Error =>
  Object.assign(new Error(message), code !== null && { code, syscall });
