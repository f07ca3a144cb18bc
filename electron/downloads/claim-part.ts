import { join } from 'node:path';
import { errnoOf } from './disk-failure.ts';
import { removeFile } from './file-system.ts';
import { createPartFile, type PartFile, reopenPartFile } from './part-file.ts';
import { type PartRecord, planResume } from './resume-decision.ts';
import type { Run, RunParts } from './run.ts';
import { takeFreeName } from './take-name.ts';
import { partNameOf } from './target-name.ts';

/** A part that this run writes. */
export interface ClaimedPart {
  readonly name: string;
  readonly file: PartFile;
  /** Whose bytes it holds, as soon as that is known. */
  record: PartRecord | null;
}

/** Opens the row's part where there is one to continue, else makes one under a name that is free. */
export async function claimPart(parts: RunParts, run: Run): Promise<ClaimedPart> {
  const { folder, reference, partName, part, received } = run.row();
  if (partName !== null) {
    const keep = planResume(reference, part, received).kind === 'whole' ? 0 : received;
    const file = await reopenPartFile(parts.files, join(folder, partName), keep, run.signal);
    return { name: partName, file, record: file.size > 0 ? part : null };
  }
  for (;;) {
    const finalName = await takeFreeName(parts, folder, reference.name, (name) =>
      run.save({ finalName: name, partName: partNameOf(name) }),
    );
    const name = partNameOf(finalName);
    const file = await createPartFile(parts.files, join(folder, name));
    if (file) return { name, file, record: null };
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
      run.save({ received: file.flushed, part: record });
    } else {
      run.save({ received: 0, part: null });
      await removeFile(files, join(run.row().folder, name), clock, run.signal);
      run.save({ partName: null, finalName: null });
    }
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}
