/** Finds out whether requests are accepted, and how they have to be signed (spec 8.2 to 8.4). */
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { HttpClient } from '../../network/http.ts';
import { envelopeOf } from './explain-answer.ts';
import { type Signer, type Variant, variants } from './signer.ts';

export interface TestOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly signer: Signer;
  /** The one way of signing that a person has chosen; null: to be found out. */
  readonly chosen: Variant | null;
}

/** A well-formed name that no file has: asking for it does no harm, and any answer but 401 shows a good signature. */
const NO_SUCH_FILE = { billFileName: `20000101_${'0'.repeat(32)}.zip` };

/** After more refused requests, a server might lock the key or the address. */
const MOST_TRIES = 5;

/** `Date` has full seconds, and answers take a while: less is no reason to sign again. */
const A_MINUTE_MS = 60_000;

/**
 * Sends at most five requests, and leaves the signer with the way of signing that was accepted. The clock comes first:
 * where it is off, the same way is tried again with the server's time. Failure `sign-in-refused` when none is accepted.
 */
export async function testConnection(options: TestOptions, signal: AbortSignal): Promise<Result<null>> {
  const { signer } = options;
  const before = signer.variant;
  const tested = await findVariant(options, signal);
  if (!tested.ok) signer.variant = before;
  return tested;
}

async function findVariant(
  { http, clock, signer, chosen }: TestOptions,
  signal: AbortSignal,
): Promise<Result<null>> {
  const left = chosen === null ? variants.filter((variant) => variant !== signer.variant) : [];
  for (let tries = 1; ; tries += 1) {
    const signedOffMs = signer.clockOffMs;
    const answer = await http.exchange({ ...signer.request('downloadBillFile', NO_SUCH_FILE), signal });
    if (!answer.ok) return answer;
    if (answer.value.status !== 401) {
      const envelope = envelopeOf('downloadBillFile', answer.value, clock.now());
      if (envelope.ok) signer.learnTime(answer.value);
      return envelope.ok ? ok(null) : envelope;
    }
    signer.learnTime(answer.value);
    const wasOff = tries === 1 && Math.abs(signer.clockOffMs - signedOffMs) > A_MINUTE_MS;
    const next = wasOff ? signer.variant : left.shift();
    if (next === undefined || tries === MOST_TRIES) {
      return failed(failure('sign-in-refused', refusal(tries, signer.clockOffMs), { status: 401 }));
    }
    signer.variant = next;
  }
}

function refusal(tries: number, offMs: number): string {
  const seconds = Math.abs(Math.round(offMs / 1000));
  const clock = `; this computer's clock is ${seconds} s ${offMs > 0 ? 'slow' : 'fast'}`;
  return `HTTP 401 to ${tries} signed requests${offMs === 0 ? '' : clock}`;
}
