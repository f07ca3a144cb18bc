/** The part that a run writes: continued, or made under a name that is free. */
import { join } from 'node:path';
import { foldText } from '../lib/fold-text.ts';
import { errnoOf } from './disk-failure.ts';
import { isThere, removeFile } from './file-system.ts';
import { createPartFile, type PartFile, reopenPartFile } from './part-file.ts';
import type { QueueRow } from './queue-row.ts';
import { type PartRecord, planResume } from './resume-decision.ts';
import type { Run, RunParts } from './run.ts';
import { takeFreeName } from './take-name.ts';
import { partNameOf } from './target-name.ts';

export interface ClaimedPart {
  readonly name: string;
  readonly file: PartFile;
  /** Whose bytes it holds, as soon as that is known. */
  record: PartRecord | null;
}

export interface PartClaim {
  /** The part, as soon as there is one. */
  readonly part: ClaimedPart | null;
  /** Writes down `change`, and the part's name with it; only then makes the part, where there is none yet. */
  begin(change: Partial<QueueRow>): Promise<ClaimedPart>;
}

/** Opens the row's part where there is one to continue. Null when the run was stopped meanwhile. */
export async function claimPart(parts: RunParts, run: Run): Promise<PartClaim | null> {
  const reopened = run.row().partName === null ? null : await reopen(parts, run);
  if (run.signal.aborted && run.row().partName !== null && !reopened) return null;
  let part = reopened;
  return {
    get part() {
      return part;
    },
    async begin(change) {
      if (part) await run.save(change);
      else part = await make(parts, run, change);
      return part;
    },
  };
}

/** A part without anything to continue is deleted: the program may have ended before it made that file itself. */
async function reopen({ files, clock, writeThread }: RunParts, run: Run): Promise<ClaimedPart | null> {
  const { folder, reference, partName, part, received } = run.row();
  if (partName === null) return null;
  const path = join(folder, partName);
  if (planResume(reference, part, received).kind === 'whole') {
    await removeFile(files, path, clock, run.signal);
    await run.save({ received: 0, part: null, partName: null, finalName: null });
    return null;
  }
  const file = await reopenPartFile(files, path, received, run.signal, writeThread);
  return file && { name: partName, file, record: file.size > 0 ? part : null };
}

async function make(parts: RunParts, run: Run, change: Partial<QueueRow>): Promise<ClaimedPart> {
  const { id, folder, reference, attempts } = run.row();
  const refused: string[] = [];
  for (;;) {
    const finalName = await takeFreeName(parts, id, folder, reference.name, refused);
    const name = partNameOf(finalName);
    // Before it is written down: what the row names, the next start takes for ours.
    if (await isThere(parts.files, join(folder, name))) {
      refused.push(foldText(finalName));
      continue;
    }
    await run.save({ ...change, finalName, partName: name });
    try {
      const file = await createPartFile(parts.files, join(folder, name), parts.writeThread);
      if (file) return { name, file, record: null };
    } catch (error) {
      // There is no part, and what was about to be done with it was not.
      await run.save({ attempts, partName: null, finalName: null });
      throw error;
    }
    // Something else lies where the part was to be.
    refused.push(foldText(finalName));
  }
}

/**
 * Closes a part that is to be continued later. One without anything to continue is deleted. When the disk refuses,
 * the row still says what was safe before.
 */
export async function leavePart(
  { files, clock }: RunParts,
  run: Run,
  { name, file, record }: ClaimedPart,
): Promise<void> {
  try {
    try {
      if (record !== null) await file.flush();
    } finally {
      await file.close();
    }
    if (record !== null && file.flushed > 0) {
      await run.save({ received: file.flushed, part: record });
    } else {
      await discardPart({ files, clock }, run, name);
    }
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}

/** Deletes a closed part, after it was written down that nothing of it is to be continued. */
export async function discardPart(
  { files, clock }: Pick<RunParts, 'files' | 'clock'>,
  run: Run,
  name: string,
): Promise<void> {
  await run.save({ received: 0, part: null, md5Found: null });
  await removeFile(files, join(run.row().folder, name), clock, run.signal);
  await run.save({ partName: null, finalName: null });
}
