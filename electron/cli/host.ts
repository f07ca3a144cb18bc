import type { SecretVault } from '../credentials/secret-vault.ts';
import type { StartWriteWorker } from '../downloads/write-thread.ts';
import type { Clock } from '../lib/clock.ts';
import type { StartHashWorker } from '../manifest/hash-files.ts';
import type { Provider } from '../providers/provider.ts';

/** What the command line needs of where it runs: plain Node, or the packaged application. */
export interface CliHost {
  /** What was typed behind the program's name. */
  readonly args: readonly string[];
  readonly version: string;
  /** What relative paths start from. */
  readonly folder: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted when the person wants it to end, by Ctrl-C for one. */
  readonly stop: AbortSignal;
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  /** The application's own data folder, for when `--data-dir` names no other. */
  readonly dataFolder: string;
  readonly providers: readonly Provider[];
  readonly startHashWorker: StartHashWorker;
  readonly startWriteWorker: StartWriteWorker;
  /** What is kept in a data folder; null where the operating system's encryption can't be used. */
  readonly openVault: ((dataFolder: string) => Promise<SecretVault>) | null;
  /** The proxy for an origin in the words of `FindProxyForURL`, or null for none. */
  proxyFor(origin: string): Promise<string | null>;
  /** Whether that is one for this program alone, as of its environment, and not the system's. */
  readonly proxyIsNamed: boolean;
}
