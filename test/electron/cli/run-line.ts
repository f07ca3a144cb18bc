/** A command line within this process, with providers of the test's own. */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runCommandLine } from '../../../electron/cli/run-command-line.ts';
import type { SecretVault } from '../../../electron/credentials/secret-vault.ts';
import { type Clock, systemClock } from '../../../electron/lib/clock.ts';
import type { Provider } from '../../../electron/providers/provider.ts';
import { providers as allProviders } from '../../../electron/providers/provider-list.ts';
import { newFolder, readLines } from './cdr.ts';

export interface RunLineOptions {
  readonly providers?: readonly Provider[];
  /** What standard input holds; it ends behind it. */
  readonly input?: string;
  readonly clock?: Clock;
  /** What this computer keeps; left out, it keeps nothing, as plain Node does. */
  readonly vault?: SecretVault;
}

const stream = () => {
  const through = new PassThrough();
  return { stream: through as unknown as NodeJS.WriteStream, read: () => String(through.read() ?? '') };
};

/** What comes of a run that is over; files and records are in a folder of its own. */
export async function runLine(
  args: readonly string[],
  { providers = allProviders, input = 'password', clock = systemClock, vault }: RunLineOptions = {},
) {
  const [stdout, stderr] = [stream(), stream()];
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  stdin.end(input);
  const folder = await newFolder();
  const code = await runCommandLine({
    args,
    version: '1.2.3',
    folder,
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout.stream,
    stderr: stderr.stream,
    stop: new AbortController().signal,
    clock,
    random: () => 0,
    dataFolder: join(folder, 'state'),
    providers,
    startHashWorker() {
      throw new Error('not here');
    },
    startWriteWorker() {
      throw new Error('not here');
    },
    openVault: vault ? async () => vault : null,
    proxyFor: async () => null,
    proxyIsNamed: false,
  });
  const out = stdout.read();
  return { code, out, err: stderr.read(), lines: readLines(out), folder };
}
