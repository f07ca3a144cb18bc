/** All of one run at one file, from what lies on disk to the end that it comes to. */
import { failure } from '../contract/failure.ts';
import { safeFileName } from '../lib/safe-file-name.ts';
import { claimPart, leavePart } from './claim-part.ts';
import { diskFailure, errnoOf } from './disk-failure.ts';
import type { Prepared } from './file-source.ts';
import { finishFile, sealPart } from './finish-file.ts';
import { lookBefore } from './look-before.ts';
import { failedRun, type Run, type RunEnd, type RunParts, unansweredRun } from './run.ts';
import { transfer } from './transfer.ts';

/** A link is listed again when it is older: nobody says how long it lives. */
const LINK_IS_OLD_AFTER_MS = 6 * 60 * 60_000;

export async function runDownload(parts: RunParts, run: Run): Promise<RunEnd> {
  try {
    for (const step of [lookBefore, lookForRoom, freshLink, download]) {
      const end = await step(parts, run);
      if (run.signal.aborted && end?.kind !== 'done') return { kind: 'stopped' };
      if (end) return end;
    }
    throw new Error('a download came to no end');
  } catch (error) {
    return run.signal.aborted && errnoOf(error) !== null
      ? { kind: 'stopped' }
      : failedRun(diskFailure(error));
  }
}

/** Files come and go while a queue is worked off, so what is to be written now is compared with what is free now. */
async function lookForRoom({ roomFor }: RunParts, run: Run): Promise<RunEnd | null> {
  const { folder, size, received } = run.row();
  const needed = (size ?? 0) - received;
  const tooLittle = needed > 0 ? await roomFor(folder, needed) : null;
  return tooLittle && failedRun(tooLittle);
}

/** Gets a new link for a row whose link is old, or known not to work. Answers with an end when there is none. */
async function freshLink({ source, clock, onAnswer }: RunParts, run: Run): Promise<RunEnd | null> {
  const { reference, listedAt, failure: last } = run.row();
  const works = listedAt > 0;
  if (works && clock.now() - listedAt < LINK_IS_OLD_AFTER_MS) return null;
  const found = await source.findAgain(reference, run.signal);
  if (run.signal.aborted) return null;
  if (found.ok) onAnswer();
  if (found.ok && found.value) {
    await run.save({ reference: found.value, size: found.value.size, listedAt: clock.now() });
    return null;
  }
  if (!found.ok) {
    const end = unansweredRun(found.failure);
    if (end.kind === 'unreachable' || !works) return end;
  }
  if (last?.code === 'not-found') return failedRun(failure('not-found', 'no longer listed', { status: 404 }));
  // Not every listing still holds what it once listed, so the link that there is gets its chance.
  await run.save({ listedAt: clock.now() });
  return null;
}

async function download(parts: RunParts, run: Run): Promise<RunEnd> {
  const prepared = await parts.source.prepare(run.row().reference, run.job, run.signal);
  if (run.signal.aborted) return { kind: 'stopped' };
  if (!prepared.ok) return unansweredRun(prepared.failure);
  const claim = await claimPart(parts, run);
  if (!claim) return { kind: 'stopped' };
  let sealed = false;
  try {
    const end = await transfer(parts, run, claim, prepared.value);
    if (end.kind !== 'arrived') return end;
    await sealPart(parts, run, end.part, end.arrived);
    sealed = true;
    return await finishFile(parts, run, end.part.name, end.arrived, ownName(prepared.value));
  } finally {
    if (!sealed && claim.part) await leavePart(parts, run, claim.part);
  }
}

const ownName = (prepared: Prepared): string | null =>
  prepared.name === undefined ? null : safeFileName(prepared.name);
