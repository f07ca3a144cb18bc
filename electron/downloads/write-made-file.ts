import { type FileAnswer, keptSafe, oneMoreAttempt } from './ask-for-file.ts';
import type { PartClaim } from './claim-part.ts';
import type { Run, RunParts } from './run.ts';

/** Writes bytes that are made here into the part, from the beginning each time. Rejects with an error of the disk. */
export async function writeMadeFile(
  parts: RunParts,
  run: Run,
  claim: PartClaim,
  bytes: () => AsyncIterable<Buffer>,
): Promise<FileAnswer> {
  const { fileId, size, md5 } = run.row().reference;
  const claimed = await claim.begin(oneMoreAttempt(run.row(), parts.clock.now()));
  if (!(await run.turn())) return { kind: 'ended', end: { kind: 'stopped' } };
  if (claimed.file.size > 0) await claimed.file.clear();
  claimed.record = { fileId, size, md5, total: null, validator: null };
  const safe = keptSafe(parts, run, claimed);
  try {
    for await (const chunk of bytes()) {
      // Whoever makes the bytes may look into its memory again; the part gives away what it gets.
      await claimed.file.append(Buffer.from(chunk));
      await safe.onTaken();
      if (run.signal.aborted) return { kind: 'ended', end: { kind: 'stopped' } };
    }
    run.turnOver();
  } finally {
    await safe.onOver();
  }
  return { kind: 'arrived', joined: false };
}
