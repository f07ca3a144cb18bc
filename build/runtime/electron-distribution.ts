import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the executable lies inside an unpacked Electron distribution. */
function executableInDistribution(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The executable and version in an unpacked Electron distribution, or nothing if there is none in that folder. */
export function readDistribution(
  folder: string,
  platform: NodeJS.Platform,
): { executablePath: string; electron: string } | undefined {
  const executablePath = join(folder, executableInDistribution(platform));
  const versionFile = join(folder, 'version');
  if (!existsSync(executablePath)) return undefined;
  const electron = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'unknown';
  return { executablePath, electron: electron.replace(/^v/, '') };
}
