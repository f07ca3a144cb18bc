import { Worker } from 'node:worker_threads';

const source = new URL('../../../electron/manifest/hash-worker.ts', import.meta.url);

/** The real thread, from its source. */
export const startHashWorker = (): Worker => new Worker(source);

/** Like the real one, and counts how many were started and have not ended. */
export function countedWorkers() {
  let started = 0;
  let alive = 0;
  return {
    start(): Worker {
      started++;
      alive++;
      return startHashWorker().on('exit', () => alive--);
    },
    get started() {
      return started;
    },
    get alive() {
      return alive;
    },
  };
}
