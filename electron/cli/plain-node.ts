import { homedir } from 'node:os';
import description from '../../package.json' with { type: 'json' };
import { appDataFolder } from './data-folder.ts';
import { environmentProxy } from './environment-proxy.ts';
import { exitCodes } from './exit-code.ts';
import { runHere, type ThreadFiles } from './run-here.ts';

/** Runs the command line in plain Node, and ends the process. */
export async function runInNode(threads: ThreadFiles): Promise<never> {
  const { platform, env: environment } = process;
  const exitCode = await runHere({
    args: process.argv.slice(2),
    version: description.version,
    dataFolder: appDataFolder({ platform, environment, home: homedir() }),
    openVault: null,
    proxyFor: environmentProxy,
    proxyIsNamed: true,
    threads,
    endAtOnce: () => process.exit(exitCodes.stopped),
  });
  // Nothing that was left open keeps a person from their prompt.
  process.exit(exitCode);
}
