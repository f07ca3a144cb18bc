import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './command.ts';
import { say } from './project.ts';
import { mustSucceed, run } from './run.ts';
import { screenIsMissing } from './screen.ts';

/**
 * Debian packages for what a runtime may miss; these bring everything else with them, a font included. Where a package
 * has had several names, the newer one comes first.
 */
const debianPackages: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Xvfb: [['xvfb'], ['xauth']],
  'libgtk-3.so.0': [['libgtk-3-0t64', 'libgtk-3-0']],
  'libnss3.so': [['libnss3']],
  'libasound.so.2': [['libasound2t64', 'libasound2']],
  'libgbm.so.1': [['libgbm1']],
};

/** What a machine is asked, so that the rules can be tested without one. */
export interface Machine {
  readonly isRoot: boolean;
  readonly isDebian: boolean;
  /** Shared libraries and programs that are not there, by name. */
  readonly missing: () => readonly string[];
  readonly knowsPackage: (name: string) => boolean;
  /** Refreshes the list of packages. */
  readonly updatePackageList: () => Promise<void>;
  readonly install: (packages: readonly string[]) => Promise<void>;
}

/**
 * Sees to it that the runtime's libraries, and Xvfb where there is no screen, are on the machine. On Debian as root it
 * installs them.
 * @throws elsewhere, with the exact names and the command that gets them.
 */
export async function ensureSystemPackages(machine: Machine, tell = say): Promise<void> {
  const missing = machine.missing();
  if (missing.length === 0) return;
  const names = missing.join(', ');
  if (!machine.isDebian) {
    const onFedora = missing.map((name) => (name === 'Xvfb' ? '/usr/bin/Xvfb' : `'${name}()(64bit)'`));
    throw new Problem(
      `Missing on this system: ${names}. Install the packages that hold them; ` +
        `on Fedora and its relatives: sudo dnf install ${onFedora.join(' ')}`,
    );
  }
  if (!machine.isRoot) {
    const packages = packagesFor(missing, machine.knowsPackage);
    throw new Problem(
      `Missing on this system: ${names}. To install: sudo apt-get install ${packages.join(' ')}`,
    );
  }
  tell(`Missing on this system: ${names}. Installing ...`);
  await machine.updatePackageList();
  await machine.install(packagesFor(missing, machine.knowsPackage));
  const stillMissing = machine.missing();
  if (stillMissing.length > 0)
    throw new Problem(`Still missing after installing: ${stillMissing.join(', ')}.`);
}

/** A library without a package of its own here comes along with GTK or another in the table. */
function packagesFor(missing: readonly string[], known: (name: string) => boolean): string[] {
  const direct = missing.flatMap((name) => debianPackages[name] ?? []);
  const wanted = direct.length > 0 ? direct : Object.values(debianPackages).flat();
  return wanted.map((names) => names.find(known) ?? names.at(-1) ?? '');
}

/** The machine that this runs on, asked for what `executablePath` needs. */
export function thisMachine(executablePath: string): Machine {
  return {
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync('/etc/debian_version'),
    missing: () => [...missingLibraries(executablePath), ...missingPrograms()],
    knowsPackage: (name) =>
      spawnSync('apt-cache', ['show', name], { encoding: 'utf8' }).stdout?.includes('Package:') ?? false,
    updatePackageList: () => mustSucceed('apt-get update', run('apt-get', ['update', '-qq'])),
    install: (packages) =>
      mustSucceed(
        'apt-get install',
        run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], {
          env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        }),
      ),
  };
}

function missingLibraries(executablePath: string): string[] {
  if (process.platform !== 'linux') return [];
  const listing = execFileSync('ldd', [executablePath], { encoding: 'utf8' });
  return [...listing.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name);
}

function missingPrograms(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const isThere = folders.some((folder) => existsSync(join(folder, 'Xvfb')));
  return screenIsMissing() && !isThere ? ['Xvfb'] : [];
}
