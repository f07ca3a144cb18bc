/** Has the service make a file. It is asked once: each time it is asked, it makes another one (spec 8.9). */
import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { HttpAnswer, HttpClient } from '../../network/http.ts';
import type { Job } from '../provider.ts';
import { readResponseId } from './bill-file-name.ts';
import type { Envelope } from './envelope.ts';
import { codes, describe, envelopeOf, explainEnvelope, isBusy, isOwnRefusal } from './explain-answer.ts';
import { type Making, readNotes, writeNotes } from './job-notes.ts';
import type { Link } from './links.ts';
import { type createBusyPauses, LOST_ANSWER_MS, MOST_ORDERS, ORDER_TIMEOUT_MS } from './pauses.ts';
import type { Signer } from './signer.ts';

export interface GenerateOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly busy: ReturnType<typeof createBusyPauses>;
  /** The customer's own server that is told of finished files; null: nobody is told. */
  readonly callbackUrl: string | null;
}

/** The request certainly did not reach the service. */
const unsent = [
  'connection-refused',
  'host-not-found',
  'tls-failed',
  'certificate-unknown',
  'certificate-changed',
  'untrusted-host',
];

/** What came of it: `asked` is false when the service certainly does not make the file. */
type Outcome = { readonly made: Making } | { readonly failure: Failure; readonly asked: boolean };

type ToMake = Link & { readonly kind: 'make' };

export function createGenerate({ http, clock, signer, busy, callbackUrl }: GenerateOptions) {
  async function ask({ query, until }: ToMake, signal: AbortSignal): Promise<Outcome> {
    const since = clock.now();
    const msgBody = { ...query, ...(callbackUrl !== null && { callBackURL: callbackUrl }) };
    const request = { ...signer.request('queryBillData', msgBody), headersTimeout: ORDER_TIMEOUT_MS };
    const answer = await http.exchange({ ...request, signal });
    if (!answer.ok) return lost(answer.failure, !unsent.includes(answer.failure.code));
    const envelope = envelopeOf('queryBillData', answer.value, clock.now());
    if (envelope.ok || isOwnRefusal(answer.value)) signer.learnTime(answer.value);
    return envelope.ok
      ? readAnswer(envelope.value, since, { query, until })
      : lost(envelope.failure, mayHaveBegun(answer.value));
  }

  function readAnswer(
    envelope: Envelope,
    since: number,
    { query, until }: Pick<ToMake, 'query' | 'until'>,
  ): Outcome {
    if (isBusy(envelope)) {
      return { failure: explainEnvelope('queryBillData', envelope, busy.next()), asked: false };
    }
    busy.over();
    if (envelope.code !== codes.success) return { failure: explainRefusal(envelope), asked: false };
    const given = envelope.responseId?.trim() ?? '';
    if (given !== '') {
      // Also one that no name can be made of: without it, the file would be asked for again.
      const responseId = readResponseId(given) ?? given;
      // The name has the server's day.
      const askedAt = since + signer.clockOffMs;
      const provisional = askedAt < until;
      const asked = { begin: query.beginTime, end: query.endTime };
      return { made: { state: 'making', responseId, askedAt, since, polls: 0, provisional, asked } };
    }
    return lost(failure('unusable-answer', 'queryBillData: no responseId'), true);
  }

  function explainRefusal(envelope: Envelope): Failure {
    const explained = explainEnvelope('queryBillData', envelope);
    const isParameter = envelope.code === codes.parameterNull || envelope.code === codes.parameterEmpty;
    if (!isParameter || callbackUrl !== null) return explained;
    const hint = 'this server may want a callback address, or else a file name or response ID';
    return { ...explained, detail: `${describe('queryBillData', envelope)}; ${hint}` };
  }

  /** The next order is a person's, who has read that the service may be making the file already. */
  async function giveUp(job: Job, detail: string): Promise<Result<never>> {
    await job.note(writeNotes({ state: 'asking', at: clock.now(), orders: 0 }));
    const orders = `${MOST_ORDERS} orders in a row have had no answer`;
    return failed(failure('order-lost', `queryBillData: ${orders}; ${detail}`));
  }

  /** Notes what is known before anything else happens. */
  return async (link: ToMake, job: Job, signal: AbortSignal): Promise<Result<Making>> => {
    const before = readNotes(job.notes);
    const lostBefore = before.state === 'asking' ? before.orders : 0;
    if (lostBefore >= MOST_ORDERS) return giveUp(job, 'the last one was not waited for');
    const orders = lostBefore + 1;
    await job.note(writeNotes({ state: 'asking', at: clock.now(), orders }));
    const outcome = await ask(link, signal);
    if ('made' in outcome) {
      await job.note(writeNotes(outcome.made));
      return ok(outcome.made);
    }
    if (!outcome.asked) await job.note(writeNotes(lostBefore === 0 ? { state: 'new' } : before));
    else if (orders < MOST_ORDERS || outcome.failure.code === 'cancelled')
      await job.note(writeNotes({ state: 'asking', at: clock.now(), orders }));
    else return giveUp(job, `the last time: ${outcome.failure.detail}`);
    return failed(outcome.failure);
  };
}

function lost(why: Failure, asked: boolean): Outcome {
  if (!asked || why.code === 'cancelled') return { failure: why, asked };
  return { failure: answerLost(Math.max(LOST_ANSWER_MS, why.retryAfterMs ?? 0), why.detail), asked };
}

/**
 * The request went out, so only this order waits. Told as a broken connection, it would hold up all of the account. A
 * person has to read of it (spec 8.10).
 */
export const answerLost = (waitMs: number, detail: string): Failure =>
  failure('being-made', detail, {
    retryAfterMs: waitMs,
    progress: { done: 0, total: 2, msLeft: null, unit: 'step', answerLost: true },
  });

/** An answer that says nothing of the file: from a service in trouble, or from something in between. */
const mayHaveBegun = ({ status }: HttpAnswer): boolean => status < 300 || status >= 500;
