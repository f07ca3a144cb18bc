import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from '../command.ts';
import { say } from '../project.ts';
import { type Machine, thisMachine } from '../system-packages.ts';

/** Debian packages of the programs that the benchmark calls. */
const debianPackages: Readonly<Record<string, string>> = {
  nginx: 'nginx-light',
  time: 'time',
  curl: 'curl',
  wget2: 'wget2',
  aria2c: 'aria2',
  md5sum: 'coreutils',
  sync: 'coreutils',
};

/** Without these nothing can be measured. */
export const indispensable: readonly string[] = ['nginx', 'time', 'md5sum', 'sync'];

export interface BenchMachine extends Pick<Machine, 'isRoot' | 'isDebian' | 'updatePackageList' | 'install'> {
  readonly has: (program: string) => boolean;
}

/**
 * Sees to it that programs are on the machine; on Debian as root it installs them. Answers with those that are still
 * missing, having said how to get them.
 * @throws when one of them is indispensable.
 */
export async function ensurePrograms(
  wanted: readonly string[],
  machine: BenchMachine,
  tell = say,
): Promise<readonly string[]> {
  const missing = () => wanted.filter((program) => !machine.has(program));
  const before = missing();
  if (before.length === 0) return [];
  const packages = [...new Set(before.map((program) => debianPackages[program] ?? program))];
  if (machine.isDebian && machine.isRoot) {
    tell(`Missing on this system: ${before.join(', ')}. Installing ...`);
    await machine.updatePackageList();
    await machine.install(packages);
  }
  const after = missing();
  if (after.length === 0) return [];
  const advice = `Missing on this system: ${after.join(', ')}. On Debian: sudo apt-get install ${packages.join(' ')}`;
  if (after.some((program) => indispensable.includes(program))) throw new Problem(advice);
  tell(advice);
  return after;
}

/** The machine that this runs on. */
export function benchMachine(): BenchMachine {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return {
    ...thisMachine(process.execPath),
    has: (program) => folders.some((folder) => existsSync(join(folder, program))),
  };
}
