import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './project.ts';
import { type Machine, thisMachine } from './system-packages.ts';

/** Debian packages of the servers that the download engine is tried against. */
const debianPackages: Readonly<Record<string, string>> = { nginx: 'nginx-light', lighttpd: 'lighttpd' };

export interface ServerMachine
  extends Pick<Machine, 'isRoot' | 'isDebian' | 'updatePackageList' | 'install'> {
  readonly has: (program: string) => boolean;
}

/**
 * Sees to it that the servers are on the machine; on Debian as root it installs them. Elsewhere, and where that does
 * not work, it says which tests will be skipped.
 */
export async function ensureTestServers(machine = thisServerMachine(), tell = say): Promise<void> {
  const missing = () => Object.keys(debianPackages).filter((program) => !machine.has(program));
  const before = missing();
  if (before.length === 0) return;
  if (machine.isDebian && machine.isRoot) {
    tell(`Missing on this system: ${before.join(', ')}. Installing ...`);
    await install(machine, before).catch((error) => tell(String(error)));
  }
  for (const program of missing()) tell(`${program} is not on this system: tests against it are skipped.`);
}

async function install(machine: ServerMachine, programs: readonly string[]): Promise<void> {
  await machine.updatePackageList();
  await machine.install(programs.map((program) => debianPackages[program] ?? program));
}

function thisServerMachine(): ServerMachine {
  return { ...thisMachine(process.execPath), has: (program) => findServer(program) !== null };
}

/** Where a server is. Debian keeps them where only root's path leads. */
export function findServer(program: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}
