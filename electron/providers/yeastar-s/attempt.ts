/** One random string, and the one download that it is good for (spec 4). */
import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import { type Pace, pacedSink } from '../../network/paced-sink.ts';
import type { Api, LinkForm } from './api.ts';
import { createBodyFile } from './body-file.ts';
import { type Span, spanOf } from './link.ts';
import { readAnswer, statusFailure, textIn } from './read-answer.ts';

export interface PartToFetch {
  /** `YYYY-MM-DD`, both ends belong to it. */
  readonly from: string;
  readonly to: string;
  /** `all`, or numbers with commas between them. */
  readonly extensions: string;
}

export type Attempt =
  /** All that came is in the file. `isWhole`: it has its end for certain, or seems to. */
  | { readonly kind: 'csv'; readonly size: number; readonly sha256: string; readonly isWhole: boolean }
  | { readonly kind: 'empty' }
  /** Too much time has passed for the random string to be good for anything. */
  | { readonly kind: 'late' }
  /** The PBX did not manage such a long span in time. */
  | { readonly kind: 'too-long'; readonly failure: Failure }
  /** The connection broke within the file. */
  | { readonly kind: 'broken'; readonly failure: Failure }
  | Refused;

export interface Refused {
  readonly kind: 'refused';
  readonly call: 'random' | 'download';
  readonly errno: string;
  /** The one that was sent. */
  readonly token: string;
}

export interface AttemptOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly part: PartToFetch;
  readonly method: LinkForm['method'];
  readonly spelling: LinkForm['spelling'];
  /** True: the list of extensions goes by the name that the other version of the API has for it. */
  readonly otherName: boolean;
  /** Where the file goes; what was there is gone. */
  readonly path: string;
  readonly pace: Pace;
}

/** The PBX forgets a random string after 30 seconds (spec 4.1). */
const RANDOM_MS = 20_000;

interface Random extends Span {
  readonly extensions: string;
  readonly random: string;
}

/** Failures: those of the network before the download, and answers that are none of this API. */
export async function attempt(options: AttemptOptions, signal: AbortSignal): Promise<Result<Attempt>> {
  const { api, clock, part, otherName } = options;
  const signedIn = await api.token(signal);
  if (!signedIn.ok) return signedIn;
  const { token, version } = signedIn.value;
  const extensionsName = otherName === (version.extensions === 'extid') ? 'number' : 'extid';
  const askedAt = clock.now();
  const sent = { [extensionsName]: part.extensions, ...spanOf(part) };
  const answered = await api.random(token, sent, signal);
  if (!answered.ok) {
    const why = answered.failure;
    return why.code === 'timed-out' ? ok({ kind: 'too-long', failure: why }) : answered;
  }
  const wrong = statusFailure('random', answered.value, clock.now());
  if (wrong) return wrong.status === 504 ? ok({ kind: 'too-long', failure: wrong }) : failed(wrong);
  const answer = readAnswer(answered.value.text);
  if (answer.kind === 'foreign') return failed(failure('unusable-answer', `random: ${answer.what}`));
  if (answer.kind === 'refused') return ok({ ...answer, call: 'random', token });
  const random = textIn('random', answer.body, 'random');
  if (!random.ok) return random;
  const age = clock.now() - askedAt;
  // Before it was asked for: the computer's clock was set meanwhile.
  if (age < 0 || age > RANDOM_MS) return ok({ kind: 'late' });
  const echoed = { ...spanOf(part), extensions: part.extensions, ...echo(answer.body, extensionsName) };
  return download({ ...options, token, extensionsName, random: { ...echoed, random: random.value } }, signal);
}

/** The link is made from the values as the PBX repeats them, where it does (spec 8.11). */
function echo(body: Readonly<Record<string, unknown>>, extensionsName: string): Partial<Random> {
  const { [extensionsName]: extensions, starttime, endtime } = body;
  return {
    ...(isText(extensions) && { extensions }),
    ...(isText(starttime) && { starttime }),
    ...(isText(endtime) && { endtime }),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

interface DownloadOptions extends AttemptOptions {
  readonly token: string;
  readonly extensionsName: LinkForm['extensionsName'];
  readonly random: Random;
}

async function download(
  { api, clock, path, pace, token, random, ...form }: DownloadOptions,
  signal: AbortSignal,
): Promise<Result<Attempt>> {
  const file = createBodyFile(path);
  const sent = await api.download({ ...random, token }, form, () => pacedSink(file, pace), signal);
  if (!sent.ok) {
    const why = sent.failure;
    if (why.code === 'timed-out') return ok({ kind: 'too-long', failure: why });
    return why.code === 'connection-lost' ? ok({ kind: 'broken', failure: why }) : sent;
  }
  const wrong = statusFailure('download', sent.value, clock.now());
  if (wrong?.status === 504) return ok({ kind: 'too-long', failure: wrong });
  if (wrong) return failed(wrong);
  const body = file.body();
  if (body.kind === 'csv') {
    const { size, sha256 } = body;
    return ok({ kind: 'csv', size, sha256, isWhole: hasLength(sent.value.headers) || body.seemsWhole });
  }
  if (body.kind === 'empty') return ok({ kind: 'empty' });
  if (body.kind === 'page') return failed(failure('html-answer', 'download: a web page'));
  const answer = readAnswer(body.text);
  if (answer.kind === 'refused') return ok({ ...answer, call: 'download', token });
  return failed(
    failure('not-a-file', `download: ${body.kind === 'object' ? 'JSON' : 'text'} of no known kind`),
  );
}

/** A body that is shorter than its head says has ended the request already. */
const hasLength = (headers: Readonly<Record<string, string>>): boolean =>
  headers['content-length'] !== undefined || /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
