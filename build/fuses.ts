import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/**
 * What the packaged Electron can still be talked into: nothing. It runs no other program's JavaScript (`RunAsNode`,
 * `NODE_OPTIONS`, `--inspect`), loads our archive only, and that unchanged; the page has no rights over `file:`.
 */
const fuses: Readonly<Partial<Record<FuseV1Options, boolean>>> = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

/**
 * Sets the fuses of an Electron that was just unpacked into `folder`, before anything of it is renamed or signed.
 * One that an older Electron does not have yet is left out.
 */
export async function setFuses(folder: string, platform: string): Promise<void> {
  const name = platform === 'darwin' ? 'Electron.app' : platform === 'win32' ? 'electron.exe' : 'electron';
  const path = join(folder, name);
  const there = await getCurrentFuseWire(path);
  const known = Object.fromEntries(Object.entries(fuses).filter(([fuse]) => fuse in there));
  // On Apple's own processors a changed program does not start unless it is signed anew.
  await flipFuses(path, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: platform === 'darwin',
    ...known,
  });
}
