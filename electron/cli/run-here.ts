import { Worker } from 'node:worker_threads';
import { systemClock } from '../lib/clock.ts';
import type { ExitCode } from './exit-code.ts';
import type { CliHost } from './host.ts';
import { isAboutSystems } from './program.ts';
import { runCommandLine } from './run-command-line.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** The files of the threads, built or as they are. */
export interface ThreadFiles {
  /** Of `manifest/hash-worker.ts`. */
  readonly hash: string;
  /** Of `downloads/write-worker.ts`. */
  readonly write: string;
}

/** What plain Node and the packaged application do in their own ways. */
export interface Here
  extends Pick<CliHost, 'args' | 'version' | 'dataFolder' | 'openVault' | 'proxyFor' | 'proxyIsNamed'> {
  readonly threads: ThreadFiles;
  /** Ends the process without waiting for anything. */
  endAtOnce(): void;
  /** Calls `stop` when the work is to end, for another reason than a signal. */
  onQuit?(stop: () => void): void;
}

/** Puts the parts of the command line together, runs it, and answers with the exit code for the process. */
export async function runHere({ threads, endAtOnce, onQuit, ...here }: Here): Promise<ExitCode> {
  const stop = stopOnSignals(process, systemClock, endAtOnce);
  onQuit?.(stop.now);
  return runCommandLine({
    ...here,
    folder: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    stop: stop.signal,
    clock: systemClock,
    random: Math.random,
    providers: isAboutSystems(here.args) ? await loadProviders() : [],
    startHashWorker: () => new Worker(threads.hash),
    startWriteWorker: () => new Worker(threads.write),
  });
}

/** To load them takes as long as everything else before a first request. */
const loadProviders = async () => (await import('../providers/provider-list.ts')).providers;
