/** One attempt at one file: from the request to bytes that are all there and right, or to what kept them from it. */
import { failure } from '../contract/failure.ts';
import type { FileReference } from '../history/file-reference.ts';
import { askForFile, type FileAnswer } from './ask-for-file.ts';
import type { ClaimedPart, PartClaim } from './claim-part.ts';
import type { Prepared } from './file-source.ts';
import { planResume, type ResumePlan } from './resume-decision.ts';
import { type Arrived, failedRun, type Run, type RunEnd, type RunParts, unansweredRun } from './run.ts';
import { checkWhole } from './verify-file.ts';
import { writeMadeFile } from './write-made-file.ts';

export type TransferEnd =
  | { readonly kind: 'arrived'; readonly arrived: Arrived; readonly part: ClaimedPart }
  | RunEnd;

/**
 * Fills a part. Sends one request, and a further one in two cases only: with a renewed token after a 401, and for the
 * whole file where the part could not be continued or, continued, was wrong. Each request counts.
 */
export async function transfer(
  parts: RunParts,
  run: Run,
  claim: PartClaim,
  prepared: Prepared,
): Promise<TransferEnd> {
  const { reference } = run.row();
  let plan = planResume(reference, claim.part?.record ?? null, claim.part?.file.size ?? 0);
  let renewed = false;
  for (;;) {
    const answer = await fill(parts, run, claim, plan, prepared);
    if (answer.kind === 'ended') return answer.end;
    if (answer.kind === 'unauthorised') {
      if (renewed) return failedRun(failure('access-lost', 'status 401 with a new token', { status: 401 }));
      const renewal = await parts.source.renew(answer.request, run.signal, answer.answer);
      if (!renewal.ok) return unansweredRun(renewal.failure);
      renewed = true;
      continue;
    }
    const { part } = claim;
    if (!part) throw new Error('an answer without a part');
    const arrived = { size: part.file.size, md5: await part.file.md5() };
    const wrong =
      answer.kind === 'arrived' ? checkWhole(expected(reference, answer, part, prepared), arrived) : null;
    if (answer.kind === 'arrived' && !wrong) return { kind: 'arrived', arrived, part };
    await startOver(run, part);
    if (answer.kind === 'arrived' && wrong && !answer.joined) return failedRun(wrong, arrived);
    plan = { kind: 'whole' };
  }
}

function fill(
  parts: RunParts,
  run: Run,
  claim: PartClaim,
  plan: ResumePlan,
  prepared: Prepared,
): Promise<FileAnswer> | FileAnswer {
  if (plan.kind === 'all-there') return { kind: 'arrived', joined: true };
  return prepared.kind === 'made'
    ? writeMadeFile(parts, run, claim, prepared.bytes)
    : askForFile(parts, run, claim, { plan, link: prepared.link });
}

/**
 * Without a checksum, what was joined has at least to be as long as its first answer said. A file that is made here may
 * be empty: there was nothing to put into it.
 */
function expected(
  file: FileReference,
  { joined }: { readonly joined: boolean },
  part: ClaimedPart,
  prepared: Prepared,
) {
  if (prepared.kind === 'made') return { ...file, size: file.size ?? part.file.size };
  const told = joined && file.md5 === null ? (part.record?.total ?? null) : null;
  return { ...file, size: file.size ?? told };
}

async function startOver(run: Run, claimed: ClaimedPart): Promise<void> {
  claimed.record = null;
  if (run.row().received > 0) await run.save({ received: 0, part: null });
  await claimed.file.clear();
  run.progress(0, run.row().size);
}
