import { join } from 'node:path';
import { foldText } from '../lib/fold-text.ts';
import { isThere } from './file-system.ts';
import type { RunParts } from './run.ts';
import { chooseTargetName, partNameOf } from './target-name.ts';

/**
 * Finds a name that is free for a file and for its part, on the disk and among the other downloads. `take` has to
 * make it ours: it is called in the same turn in which the name was last seen to be free.
 */
export async function takeFreeName(
  parts: Pick<RunParts, 'files' | 'holdersOf'>,
  folder: string,
  wanted: string,
  take: (name: string) => void,
): Promise<string> {
  const taken = new Set<string>();
  for (;;) {
    const name = chooseTargetName(wanted, (folded) => taken.has(folded));
    const folded = foldText(name);
    const onDisk = await isOnDisk(parts, folder, name);
    if (!onDisk && !parts.holdersOf(folder, folded).some(({ unfinished }) => unfinished)) {
      take(name);
      return name;
    }
    taken.add(folded);
  }
}

/** Also when the file system tells names apart that others do not, and a download got one of those. */
async function isOnDisk(
  { files, holdersOf }: Pick<RunParts, 'files' | 'holdersOf'>,
  folder: string,
  name: string,
): Promise<boolean> {
  const others = holdersOf(folder, foldText(name)).map((holder) => holder.name);
  for (const candidate of [name, partNameOf(name), ...others]) {
    if (await isThere(files, join(folder, candidate))) return true;
  }
  return false;
}
