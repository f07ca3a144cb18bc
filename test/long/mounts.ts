/** Small disks that come and go. Only root on Linux can have them, and not in every container. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  /** Where it is. */
  readonly path: string;
  readOnly(yes: boolean): void;
  /** Takes it away, whatever is open on it. */
  pullOut(): void;
  /** Brings back what was pulled out. */
  plugIn(): void;
  /** Takes it away for good. */
  close(): void;
}

const run = (program: string, ...args: readonly string[]) =>
  void execFileSync(program, args, { stdio: 'pipe' });

/** A disk in memory, seen through a second mount: what is pulled out there still exists. */
export function mountSmallDisk(bytes: number): SmallDisk {
  const store = mkdtempSync(join(tmpdir(), 'cdr-disk-'));
  const path = mkdtempSync(join(tmpdir(), 'cdr-mount-'));
  run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'cdr-desk-test', store);
  const plugIn = () => run('mount', '--bind', store, path);
  plugIn();
  let isIn = true;
  return {
    path,
    readOnly: (yes) => run('mount', '-o', `remount,bind,${yes ? 'ro' : 'rw'}`, path),
    pullOut() {
      run('umount', '--lazy', path);
      isIn = false;
    },
    plugIn() {
      plugIn();
      isIn = true;
    },
    close() {
      if (isIn) run('umount', '--lazy', path);
      run('umount', '--lazy', store);
      rmdirSync(path);
      rmdirSync(store);
    },
  };
}

/** Why there can be no small disks here, or null when there can. */
export function whyNoMounts(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root on Linux can mount a small disk';
  try {
    mountSmallDisk(1_000_000).close();
    return null;
  } catch {
    return 'this system lets nobody mount a small disk';
  }
}
