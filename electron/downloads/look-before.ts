import { join } from 'node:path';
import { errnoOf } from './disk-failure.ts';
import { type FileSystem, fileSize, isThere, lookAt, removeFile } from './file-system.ts';
import { wholeFile } from './finish-file.ts';
import { md5OfFile } from './hash-file.ts';
import type { Arrived, Run, RunEnd, RunParts } from './run.ts';
import { decideRecovery } from './startup-recovery.ts';
import { possibleNames } from './target-name.ts';

/** A size that is not known fits any file. */
interface Wanted {
  readonly size: number | null;
  readonly md5: string;
}

/**
 * What has to be looked at before anything is asked for: what an interrupted run left behind, and whether the file is
 * in its folder already. Answers with the end of the run, or with null when there is a file to get.
 */
export async function lookBefore(parts: RunParts, run: Run): Promise<RunEnd | null> {
  const { reference, partName } = run.row();
  const recovered = await recover(parts, run);
  if (recovered || partName !== null || reference.md5 === null) return recovered;
  return findOnDisk(parts, run, { size: reference.size, md5: reference.md5 });
}

async function recover({ files, clock, source, syncFolder }: RunParts, run: Run): Promise<RunEnd | null> {
  const { reference, folder, finalName, partName, received, size, md5Found } = run.row();
  if (partName === null) return null;
  const placed = finalName !== null && md5Found !== null && size !== null ? { size, md5: md5Found } : null;
  const finalPath = join(folder, finalName ?? reference.name);
  const finalIsOurs = placed !== null && (await isSame(files, finalPath, placed, run.signal));
  const partPath = join(folder, partName);
  const partSize = await fileSize(files, partPath);
  // What is only out of reach is not gone: a network drive comes back, with the part.
  if (partSize === null && !(await isThere(files, partPath))) await files.stat(folder);
  if (run.signal.aborted) return null;
  const recovery = decideRecovery({ finalIsOurs, received, partSize });
  if (recovery === 'finish' && placed) {
    await run.save({ state: 'verifying' });
    await removeFile(files, partPath, clock, run.signal);
    await syncFolder(folder);
    return wholeFile(run, placed, await source.inspect(reference, finalPath, run.row().job));
  }
  if (recovery === 'start-over') await run.save({ received: 0, part: null, md5Found: null });
  return null;
}

/** Looks through all names that earlier downloads of the same name may have got, then for one that was renamed. */
async function findOnDisk(parts: RunParts, run: Run, wanted: Wanted): Promise<RunEnd | null> {
  const { id, folder, reference } = run.row();
  for (const name of possibleNames(reference.name)) {
    const size = await lookAt(parts.files, join(folder, name));
    if (run.signal.aborted) return null;
    if (size === 'nothing') parts.names.sawFree(id, folder, name);
    if (typeof size === 'string') break;
    const found = await isFound(parts, run, name, { size: wanted.size ?? size, md5: wanted.md5 });
    if (found) return found;
  }
  return findRenamed(parts, run, wanted);
}

/** A person may have given the file another name since. */
async function findRenamed(parts: RunParts, run: Run, { size, md5 }: Wanted): Promise<RunEnd | null> {
  const { folder, reference } = run.row();
  const { accountKey, fileId } = reference;
  if (size === null || !parts.wasDownloaded({ accountKey, fileId, folder })) return null;
  for (const name of await parts.filesOfSize(folder, size)) {
    if (run.signal.aborted) return null;
    const found = await isFound(parts, run, name, { size, md5 });
    if (found) return found;
  }
  return null;
}

/** A file that can't be read is not the one. */
async function isFound({ files }: RunParts, run: Run, name: string, wanted: Arrived): Promise<RunEnd | null> {
  try {
    if (!(await isSame(files, join(run.row().folder, name), wanted, run.signal))) return null;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
  await run.save({ finalName: name });
  return { kind: 'done', outcome: 'already-there', arrived: wanted, notes: [] };
}

/** Whether a file of this size and checksum is there; not when aborted. */
async function isSame(
  files: FileSystem,
  path: string,
  wanted: Arrived,
  signal: AbortSignal,
): Promise<boolean> {
  if ((await fileSize(files, path)) !== wanted.size) return false;
  return (await md5OfFile(files, path, signal)) === wanted.md5;
}
