import type { Writable } from 'node:stream';
import { failure } from '../contract/failure.ts';
import { failed } from '../contract/result.ts';
import type { AnswerHead } from '../network/http.ts';
import { createBodyWriter, createTextCollector, RefusedBody, refuseBody } from './body-writer.ts';
import type { ClaimedPart } from './claim-part.ts';
import { diskFailure } from './disk-failure.ts';
import type { FileSource } from './file-source.ts';
import { type AnswerDecision, decideAnswer, type PartRecord, type ResumePlan } from './resume-decision.ts';
import { failedRun, type Run, type RunEnd, type RunParts } from './run.ts';

/** What came of one request. */
export type FileAnswer =
  /** The body is in the part. `joined`: behind bytes that were there before. */
  | { readonly kind: 'arrived'; readonly joined: boolean }
  /** The part can't be continued; nothing was written. */
  | { readonly kind: 'ask-whole' }
  | { readonly kind: 'unauthorised'; readonly request: FileRequest }
  | { readonly kind: 'ended'; readonly end: RunEnd };

export type FileRequest = Parameters<FileSource['renew']>[0];

/** Enough of a refusal's body to explain it. */
const REFUSAL_BYTES = 16 * 1024;
/** Bytes are made safe after this many, or this many milliseconds, so that a power cut costs little. */
const FLUSH_BYTES = 32 * 1024 * 1024;
const FLUSH_AFTER_MS = 5000;

const ended = (...why: Parameters<typeof failedRun>): FileAnswer => ({
  kind: 'ended',
  end: failedRun(...why),
});

/** Sends one request, counted and written down before it goes out, and writes the answer into the part. */
export async function askForFile(
  { source, clock }: RunParts,
  run: Run,
  claimed: ClaimedPart,
  plan: ResumePlan,
): Promise<FileAnswer> {
  const { reference } = run.row();
  const request = await source.request(reference, run.signal);
  if (!request.ok) return ended(request.failure);
  if (run.signal.aborted) return { kind: 'ended', end: { kind: 'stopped' } };
  countAttempt(run, clock.now());

  const range = plan.kind === 'continue' ? plan.headers : {};
  const headers = { ...request.value.headers, 'accept-encoding': 'identity', ...range };
  const refusal = createTextCollector(REFUSAL_BYTES);
  const seen: { decision: AnswerDecision } = { decision: { kind: 'explain' } };
  const open = (head: AnswerHead): Writable => {
    const decision = decideAnswer(reference, plan, head);
    seen.decision = decision;
    if (decision.kind === 'write-whole') return wholeBody(run, claimed, decision.record, clock.now);
    if (decision.kind === 'write-on') return restOfBody(run, claimed, clock.now);
    if (decision.kind === 'refuse') return refuseBody(decision.failure);
    if (decision.kind === 'ask-whole')
      return refuseBody(failure('unexpected-status', `status ${head.status}`));
    return refusal.writable;
  };

  const sent = await source.http
    .stream({ ...request.value, headers, signal: run.signal }, open)
    .catch((error: unknown) => failed(error instanceof RefusedBody ? error.failure : diskFailure(error)));
  const { decision } = seen;
  // How a body ended that was refused says nothing.
  if (decision.kind === 'refuse') return ended(decision.failure);
  if (decision.kind === 'ask-whole') return { kind: 'ask-whole' };
  if (!sent.ok) return ended(sent.failure);
  if (decision.kind !== 'explain') return { kind: 'arrived', joined: decision.kind !== 'write-whole' };
  if (sent.value.status === 401) return { kind: 'unauthorised', request: request.value };
  return ended(source.explain(reference, { ...sent.value, text: refusal.text() }));
}

function countAttempt(run: Run, now: number): void {
  const { attempts, startedAt } = run.row();
  run.save({
    state: 'downloading',
    attempts: attempts + 1,
    startedAt: startedAt ?? now,
    failure: null,
    nextTryAt: null,
  });
}

/** Takes the file from its first byte. */
function wholeBody(run: Run, claimed: ClaimedPart, record: PartRecord, now: () => number): Writable {
  const { reference } = run.row();
  return createBodyWriter({
    part: claimed.file,
    beginsAs: reference.content,
    most: reference.size,
    onBegin() {
      if (run.row().received > 0) run.save({ received: 0, part: null });
      claimed.record = record;
    },
    onWritten: keepSafe(run, claimed, now),
  });
}

/** Takes what comes behind the bytes of the part. */
function restOfBody(run: Run, claimed: ClaimedPart, now: () => number): Writable {
  return createBodyWriter({
    part: claimed.file,
    beginsAs: null,
    most: run.row().reference.size,
    onBegin() {},
    onWritten: keepSafe(run, claimed, now),
  });
}

/** Tells how far the part is, and makes its bytes safe from time to time. */
function keepSafe(run: Run, claimed: ClaimedPart, now: () => number): () => Promise<void> {
  const { file } = claimed;
  let flushedAt = now();
  return async () => {
    run.progress(file.size, claimed.record?.total ?? null);
    if (file.size - file.flushed < FLUSH_BYTES && now() - flushedAt < FLUSH_AFTER_MS) return;
    await file.flush();
    flushedAt = now();
    run.save({ received: file.flushed, part: claimed.record });
  };
}
