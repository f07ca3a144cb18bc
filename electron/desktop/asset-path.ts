import { join, normalize, sep } from 'node:path';
import { APP_ORIGIN } from '../ipc/trusted-sender.ts';

/** The file behind an address, or null when it is not one of ours. */
export function assetPath(folder: string, address: string): string | null {
  try {
    const url = new URL(address);
    if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return null;
    const path = decodeURIComponent(url.pathname);
    const file = normalize(join(folder, path === '/' ? 'index.html' : path));
    return file.startsWith(normalize(folder) + sep) ? file : null;
  } catch {
    return null;
  }
}
