/** The thread in which files are written, read and hashed. Started by `thread-disk.ts`. */
import { parentPort } from 'node:worker_threads';
import { blockingFiles } from './blocking-files.ts';
import { serveDisk } from './serve-disk.ts';

// Errors of the file system are values here: where they came from says nothing, and costs time.
Error.stackTraceLimit = 0;

const port = parentPort;
if (!port) throw new Error('this is the main module of a thread');
port.on(
  'message',
  serveDisk(blockingFiles, (answers) => port.postMessage(answers)),
);
