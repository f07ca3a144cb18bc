import { readDistribution } from './electron-distribution.ts';
import type { RuntimeSource } from './find-runtime.ts';

/** The Electron distribution that the person named in `ELECTRON_OVERRIDE_DIST_PATH`. */
export function givenFolder(folder: string | undefined, platform: NodeJS.Platform): RuntimeSource {
  return async () => {
    if (!folder) return { reason: 'ELECTRON_OVERRIDE_DIST_PATH is not set.' };
    const found = readDistribution(folder, platform);
    if (!found) return { reason: `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, where there is no Electron.` };
    return { ...found, origin: `from ELECTRON_OVERRIDE_DIST_PATH (${folder})` };
  };
}
