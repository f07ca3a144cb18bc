import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDistribution } from './electron-distribution.ts';
import type { RuntimeSource } from './find-runtime.ts';

export interface ElectronPackageDeps {
  /** Folder of the installed `electron` package. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  /** Tries to fetch the binary into `folder`. Ends in bounded time, and never throws. */
  readonly fetchBinary: () => Promise<void>;
  /** Where a failed fetch is remembered. */
  readonly memoryFile: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A failed fetch is not repeated for this long (milliseconds): the network is rarely another an hour later. */
const retryAfter = 24 * 60 * 60 * 1000;

/**
 * The binary of the `electron` package, which does not come with its installation. It is fetched if need be, once: a
 * failure is remembered for a day for this version, so that not every start waits for it.
 */
export function electronPackage(deps: ElectronPackageDeps): RuntimeSource {
  return async () => {
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(deps.folder, 'package.json'), 'utf8'),
    );
    const installed = () => {
      const found = readDistribution(join(deps.folder, 'dist'), deps.platform);
      return found?.electron === version ? found : undefined;
    };

    const before = installed();
    if (before) return { ...before, origin: 'installed with the electron package' };
    if (failedLately(deps, version)) {
      return {
        reason: `Electron ${version} could not be fetched within the last day (npx install-electron tries again).`,
      };
    }
    await deps.fetchBinary();
    const after = installed();
    if (after) {
      rmSync(deps.memoryFile, { force: true });
      return { ...after, origin: 'fetched by the electron package' };
    }
    mkdirSync(dirname(deps.memoryFile), { recursive: true });
    writeFileSync(deps.memoryFile, JSON.stringify({ version, failedAt: deps.now() }));
    return { reason: `Electron ${version} could not be fetched (its download host may be out of reach).` };
  };
}

function failedLately({ memoryFile, now }: ElectronPackageDeps, version: string): boolean {
  try {
    const memory: { version: string; failedAt: number } = JSON.parse(readFileSync(memoryFile, 'utf8'));
    const ago = now() - memory.failedAt;
    return memory.version === version && ago >= 0 && ago < retryAfter;
  } catch {
    // Not there, or left half written.
    return false;
  }
}
