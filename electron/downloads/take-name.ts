import { join } from 'node:path';
import { foldText } from '../lib/fold-text.ts';
import { isThere } from './file-system.ts';
import type { RunParts } from './run.ts';
import { chooseTargetName } from './target-name.ts';

/**
 * Finds a name that is free on the disk and among the other downloads, and claims it for the download `id`. `refused`:
 * folded names that are not to be taken, for another reason.
 */
export async function takeFreeName(
  parts: Pick<RunParts, 'files' | 'holdersOf' | 'names'>,
  id: number,
  folder: string,
  wanted: string,
  refused: Iterable<string> = [],
): Promise<string> {
  const taken = new Set(refused);
  for (;;) {
    const name = chooseTargetName(wanted, (folded) => taken.has(folded));
    const folded = foldText(name);
    const onDisk = await isOnDisk(parts, id, folder, name);
    // Nothing may come between this look and the claim.
    if (!onDisk && !isMeant(parts, folder, folded)) {
      parts.names.claim(id, folder, name);
      return name;
    }
    taken.add(folded);
  }
}

/** Whether another download is on its way to this name. */
const isMeant = (
  { holdersOf, names }: Pick<RunParts, 'holdersOf' | 'names'>,
  folder: string,
  folded: string,
) => names.isClaimed(folder, folded) || holdersOf(folder, folded).some(({ unfinished }) => unfinished);

/** Also when the file system tells names apart that others do not, and a download got one of those. */
async function isOnDisk(
  { files, holdersOf, names }: Pick<RunParts, 'files' | 'holdersOf' | 'names'>,
  id: number,
  folder: string,
  name: string,
): Promise<boolean> {
  const others = holdersOf(folder, foldText(name)).map((holder) => holder.name);
  for (const candidate of [name, ...others]) {
    if (!names.hasSeenFree(id, folder, candidate) && (await isThere(files, join(folder, candidate))))
      return true;
  }
  return false;
}
