import { join } from 'node:path';
import type { DownloadNote } from '../contract/download.ts';
import { type ClaimedPart, discardPart } from './claim-part.ts';
import { placeFile } from './place-file.ts';
import { type Arrived, failedRun, type Run, type RunEnd, type RunParts } from './run.ts';
import { takeFreeName } from './take-name.ts';

/**
 * Makes sure that the bytes of a part that is right are safe on the disk, and that a crash does not forget it. Closes
 * the part, unless that fails.
 */
export async function sealPart(
  { flushPart }: Pick<RunParts, 'flushPart'>,
  run: Run,
  { file, record }: ClaimedPart,
  { size, md5 }: Arrived,
): Promise<void> {
  // Not yet `received`: until it is flushed, a crash must not find bytes written down that are not there.
  const noted = run.save({ state: 'verifying', size, part: record, md5Found: md5 });
  // It is waited for below, where it may have failed already.
  noted.catch(() => {});
  try {
    await flushPart(file);
  } finally {
    await noted;
  }
  await file.close();
}

/**
 * Looks into a sealed part and gives it its name, or throws it away when its provider finds that it is not right.
 * `ownName`: what the file itself is called, when that is known only now.
 */
export async function finishFile(
  parts: RunParts,
  run: Run,
  partName: string,
  arrived: Arrived,
  ownName: string | null = null,
): Promise<RunEnd> {
  const { folder, reference, finalName, job } = run.row();
  const wrong = await parts.source.check(reference, join(folder, partName));
  if (wrong) {
    await discardPart(parts, run, partName);
    return failedRun(wrong, arrived);
  }
  const notes = await parts.source.inspect(reference, join(folder, partName), job);
  const isItsName = ownName === null || ownName === finalName;
  const names = namesToTry(parts, run, isItsName ? finalName : null, ownName ?? reference.name);
  const placed = await placeFile({
    ...parts,
    signal: run.signal,
    folder,
    partName,
    nextName: names,
  });
  if (placed.ok) return wholeFile(run, arrived, notes);
  await run.save({ received: arrived.size });
  return failedRun(placed.failure, arrived);
}

/**
 * First the name that was meant for the file, then `wanted` or what is free beside it. Each is written down before it
 * is used.
 */
function namesToTry(parts: RunParts, run: Run, meant: string | null, wanted: string): () => Promise<string> {
  let first = meant;
  return async () => {
    const name = first;
    first = null;
    if (name !== null) return name;
    const { id, folder } = run.row();
    const finalName = await takeFreeName(parts, id, folder, wanted);
    await run.save({ finalName });
    return finalName;
  };
}

/** The end of a run whose file has its name. */
export function wholeFile(run: Run, { size, md5 }: Arrived, inspected: readonly DownloadNote[]): RunEnd {
  const verified = run.row().reference.md5 !== null;
  return {
    kind: 'done',
    outcome: verified ? 'verified' : 'unverified',
    arrived: { size, md5 },
    notes: verified ? inspected : ['no-checksum', ...inspected],
  };
}
