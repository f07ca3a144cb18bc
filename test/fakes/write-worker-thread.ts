import { Worker } from 'node:worker_threads';

const source = new URL('../../electron/downloads/write-worker.ts', import.meta.url);

/** The real thread, from its source. */
export const startWriteWorker = (): Worker => new Worker(source);
