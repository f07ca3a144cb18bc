import { join } from 'node:path';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import { diskFailure, errnoOf } from './disk-failure.ts';
import { type FileSystem, isBusy, isThere, removeFile, whileBusy } from './file-system.ts';
import type { SyncFolder } from './folder-sync.ts';

export interface PlaceOptions {
  readonly files: FileSystem;
  readonly syncFolder: SyncFolder;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly folder: string;
  readonly partName: string;
  /** The next name to try; the first call gives the one that was meant for it. */
  readonly nextName: () => Promise<string>;
}

/**
 * Gives a part its final name without ever replacing another file. Waits for up to a minute while another program
 * holds the part: then failure `file-busy`.
 */
export async function placeFile(options: PlaceOptions): Promise<Result<null>> {
  const { clock, signal, folder, syncFolder } = options;
  const part = join(folder, options.partName);
  try {
    for (;;) {
      const name = await options.nextName();
      if (await whileBusy(() => moveInto(options, part, join(folder, name)), clock, signal)) {
        await syncFolder(folder);
        return ok(null);
      }
    }
  } catch (error) {
    return failed(isBusy(error) ? failure('file-busy', errnoOf(error) ?? '') : diskFailure(error));
  }
}

/** False when something has that name already. */
async function moveInto({ files, clock, signal }: PlaceOptions, from: string, to: string): Promise<boolean> {
  try {
    // Unlike a rename, a link fails when there is something: no other program can come in between.
    await files.link(from, to);
  } catch (error) {
    const code = errnoOf(error);
    if (code === null) throw error;
    if (code === 'EEXIST' || (await isThere(files, to))) return false;
    // Memory sticks and some network folders know no links.
    await files.rename(from, to);
    return true;
  }
  try {
    await removeFile(files, from, clock, signal);
  } catch (error) {
    // The file is in its place and right; a second name of it that stays behind does no harm.
    if (errnoOf(error) === null) throw error;
  }
  return true;
}
