import { failure } from '../contract/failure.ts';
import { failed } from '../contract/result.ts';
import type { AnswerHead, BodySink, HttpAnswer } from '../network/http.ts';
import { both } from '../network/paced-sink.ts';
import { createPartSink, createTextSink, RefusedBody } from './body-sink.ts';
import type { ClaimedPart, PartClaim } from './claim-part.ts';
import { diskFailure } from './disk-failure.ts';
import type { FileSource } from './file-source.ts';
import { createSafeKeeper } from './keep-safe.ts';
import type { QueueRow } from './queue-row.ts';
import { type AnswerDecision, decideAnswer, type PartRecord, type ResumePlan } from './resume-decision.ts';
import { failedRun, type Run, type RunEnd, type RunParts, unansweredRun } from './run.ts';

/** What came of one request. */
export type FileAnswer =
  /** The body is in the part. `joined`: behind bytes that were there before. */
  | { readonly kind: 'arrived'; readonly joined: boolean }
  /** The part can't be continued; nothing was written. */
  | { readonly kind: 'ask-whole' }
  | { readonly kind: 'unauthorised'; readonly request: FileRequest; readonly answer: HttpAnswer }
  | { readonly kind: 'ended'; readonly end: RunEnd };

export type FileRequest = Parameters<FileSource['renew']>[0];

/** Enough of a refusal's body to explain it. */
const REFUSAL_BYTES = 16 * 1024;
/** For less, taking the room first costs more than it is worth. */
const RESERVE_FROM_BYTES = 4 * 1024 * 1024;

const ended = (end: RunEnd): FileAnswer => ({ kind: 'ended', end });

/**
 * Sends one request, counted and written down before it goes out, and writes the answer into the part. `link`: where the
 * file is now.
 */
export async function askForFile(
  parts: RunParts,
  run: Run,
  claim: PartClaim,
  { plan, link }: { readonly plan: ResumePlan; readonly link: string },
): Promise<FileAnswer> {
  const { source } = parts;
  const { reference, attempts } = run.row();
  const claimed = await claim.begin(oneMoreAttempt(run.row(), parts.clock.now()));
  const isTurn = await run.turn();
  const request = isTurn ? await source.request({ ...reference, link }, run.signal) : null;
  if (!request?.ok || run.signal.aborted) {
    // Nothing was asked.
    await run.save({ attempts });
    return ended(!request || request.ok ? { kind: 'stopped' } : unansweredRun(request.failure));
  }

  const range = plan.kind === 'continue' ? plan.headers : {};
  const headers = { ...request.value.headers, 'accept-encoding': 'identity', ...range };
  const refusal = createTextSink(REFUSAL_BYTES);
  const seen: { decision: AnswerDecision } = { decision: { kind: 'explain' } };
  const open = (head: AnswerHead): BodySink => {
    parts.onAnswer();
    const decision = decideAnswer(reference, plan, head);
    seen.decision = decision;
    if (decision.kind === 'write-whole') {
      // Without a validator nothing is ever continued that has no checksum.
      const record = source.resumes ? decision.record : { ...decision.record, validator: null };
      return wholeBody(parts, run, claimed, record);
    }
    if (decision.kind === 'write-on') return restOfBody(parts, run, claimed);
    if (decision.kind === 'refuse') throw new RefusedBody(decision.failure);
    if (decision.kind === 'ask-whole' || decision.kind === 'all-there') {
      throw new RefusedBody(failure('unexpected-status', `status ${head.status}`));
    }
    return refusal;
  };

  const explained = ({ failure: why, beginning }: RefusedBody) =>
    (beginning && source.explainBody(reference, beginning.toString())) ?? why;
  const sent = await source.http
    .stream({ ...request.value, headers, signal: run.signal }, open)
    .catch((error: unknown) => failed(error instanceof RefusedBody ? explained(error) : diskFailure(error)));
  const { decision } = seen;
  // How a body ended that nobody wanted says nothing.
  if (decision.kind === 'refuse') return ended(failedRun(decision.failure));
  if (decision.kind === 'ask-whole') return { kind: 'ask-whole' };
  if (decision.kind === 'all-there') return { kind: 'arrived', joined: true };
  if (!sent.ok) {
    // It was only a look whether the file is made by now.
    if (sent.failure.code === 'being-made') await run.save({ attempts });
    return ended(failedRun(sent.failure));
  }
  if (decision.kind !== 'explain') return { kind: 'arrived', joined: decision.kind !== 'write-whole' };
  const answer = { ...sent.value, text: refusal.text() };
  if (answer.status === 401) return { kind: 'unauthorised', request: request.value, answer };
  return ended(failedRun(source.explain(reference, answer)));
}

export const oneMoreAttempt = ({ attempts, startedAt }: QueueRow, now: number): Partial<QueueRow> => ({
  state: 'downloading',
  attempts: attempts + 1,
  startedAt: startedAt ?? now,
  failure: null,
  nextTryAt: null,
});

/** Takes the file from its first byte. */
function wholeBody(parts: RunParts, run: Run, claimed: ClaimedPart, record: PartRecord): BodySink {
  const { reference, received } = run.row();
  const { file } = claimed;

  async function makeReady(total: number): Promise<void> {
    // Whatever goes wrong here, nothing may take the old bytes for those of this answer.
    claimed.record = null;
    if (received > 0) await run.save({ received: 0, part: null });
    if (file.size > 0) await file.clear();
    claimed.record = record;
    await file.reserve(total);
  }

  return createPartSink({
    part: file,
    beginsAs: reference.content,
    most: reference.size,
    onBegin() {
      const total = record.total ?? 0;
      if (received > 0 || file.size > 0 || total >= RESERVE_FROM_BYTES) return makeReady(total);
      claimed.record = record;
      return undefined;
    },
    ...keptInLimits(parts, run, claimed),
  });
}

/** Takes what comes behind the bytes of the part. */
function restOfBody(parts: RunParts, run: Run, claimed: ClaimedPart): BodySink {
  return createPartSink({
    part: claimed.file,
    beginsAs: null,
    most: run.row().reference.size,
    onBegin: () => undefined,
    ...keptInLimits(parts, run, claimed),
  });
}

/** What comes over the network: kept safe, at the speed that the person allows. */
function keptInLimits(parts: RunParts, run: Run, claimed: ClaimedPart) {
  const safe = keptSafe(parts, run, claimed);
  return {
    ...safe,
    onTaken: (bytes: number) => both(safe.onTaken(), parts.speedLimit.spend(bytes, run.signal)),
  };
}

/** Tells how far the part is, and makes its bytes safe. */
export function keptSafe({ clock }: RunParts, run: Run, claimed: ClaimedPart) {
  const keeper = createSafeKeeper(run, claimed, clock);
  return {
    onTaken(): Promise<void> | undefined {
      run.progress(claimed.file.size, claimed.record?.total ?? null);
      return keeper.taken();
    },
    onWhole: run.turnOver,
    onOver: keeper.over,
  };
}
