/** What is not unpacked, whatever is in it (spec 8.20). */
import type { ZipEntry } from './zip-directory.ts';

/** More than the records of three days can be. */
const MOST_BYTES = 16 * 1024 ** 3;
/** Tables become a tenth or a twentieth of their size; what is far smaller is made to fill disks. */
const MOST_RATIO = 250;
/** So little harms nobody. */
const HARMLESS_BYTES = 64 * 1024 ** 2;

/** Why a ZIP of `fileSize` bytes is refused; null when it is not. */
export function whyRefused(entries: readonly ZipEntry[], fileSize: number): string | null {
  if (entries.some(({ name }) => isOutside(name))) return 'a name in it leads out of its folder';
  if (entries.some(({ isLink }) => isLink)) return 'it has a link in it';
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  const isHuge = size > MOST_BYTES || (size > HARMLESS_BYTES && size > MOST_RATIO * fileSize);
  return isHuge ? `${size} bytes when unpacked` : null;
}

const isOutside = (name: string): boolean =>
  /^([/\\]|[a-z]:)/i.test(name) || name.split(/[/\\]/).includes('..');
