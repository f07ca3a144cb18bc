/** One attempt at one file: from the request to bytes that are all there and right, or to what kept them from it. */
import { failure } from '../contract/failure.ts';
import { askForFile, type FileAnswer } from './ask-for-file.ts';
import type { ClaimedPart } from './claim-part.ts';
import { planResume } from './resume-decision.ts';
import { type Arrived, failedRun, type Run, type RunEnd, type RunParts } from './run.ts';
import { checkWhole } from './verify-file.ts';

export type TransferEnd = { readonly kind: 'arrived'; readonly arrived: Arrived } | RunEnd;

/**
 * Fills a part. Sends one request, and a further one in two cases only: with a renewed token after a 401, and for the
 * whole file where the part could not be continued or, continued, was wrong. Each request counts.
 */
export async function transfer(parts: RunParts, run: Run, claimed: ClaimedPart): Promise<TransferEnd> {
  const { reference } = run.row();
  let plan = planResume(reference, claimed.record, claimed.file.size);
  let renewed = false;
  for (;;) {
    const answer: FileAnswer =
      plan.kind === 'all-there'
        ? { kind: 'arrived', joined: true }
        : await askForFile(parts, run, claimed, plan);
    if (answer.kind === 'ended') return answer.end;
    if (answer.kind === 'unauthorised') {
      if (renewed) return failedRun(failure('access-lost', 'status 401 with a new token', { status: 401 }));
      const renewal = await parts.source.renew(answer.request, run.signal);
      if (!renewal.ok) return failedRun(renewal.failure);
      renewed = true;
      continue;
    }
    const arrived = { size: claimed.file.size, md5: claimed.file.md5() };
    const wrong = answer.kind === 'arrived' ? checkWhole(reference, arrived) : null;
    if (answer.kind === 'arrived' && !wrong) return { kind: 'arrived', arrived };
    await startOver(run, claimed);
    if (answer.kind === 'arrived' && wrong && !answer.joined) return failedRun(wrong, arrived);
    plan = { kind: 'whole' };
  }
}

async function startOver(run: Run, claimed: ClaimedPart): Promise<void> {
  claimed.record = null;
  if (run.row().received > 0) run.save({ received: 0, part: null });
  await claimed.file.clear();
  run.progress(0, run.row().size);
}
