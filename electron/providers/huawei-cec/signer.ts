/** Signed requests in an account's name. Each call signs anew, with the time as the server has it. */
import type { Clock } from '../../lib/clock.ts';
import type { AnswerHead } from '../../network/http.ts';
import type { FileRequest } from '../provider.ts';
import type { Interface } from './base-address.ts';
import { signAuthV2 } from './signature.ts';

/**
 * How to sign where the documentation leaves it open (spec 3.2): A as Huawei's Java example does, B with milliseconds in
 * the time, C with an empty line for the query, `three-headers` as A with the body's type and length signed as well.
 */
export const variants = ['A', 'C', 'B', 'three-headers'] as const;
export type Variant = (typeof variants)[number];

export const isVariant = (text: string | undefined): text is Variant =>
  variants.some((variant) => variant === text);

export interface SignerOptions {
  readonly accessKey: string;
  readonly secretKey: string;
  /** What interfaces are below, without a slash at its end. */
  readonly baseUrl: string;
  readonly variant: Variant;
  readonly clock: Clock;
  /** How far the server's clock was ahead when that was last known; 0 when it never was. */
  readonly clockOffMs: number;
}

export interface Signer {
  /** How requests are signed from now on. */
  variant: Variant;
  /** A signed POST. It may be sent once, and soon. */
  request(to: Interface, msgBody: object): FileRequest;
  /** How far the server's clock is ahead of this computer's, in milliseconds; 0 for up to a minute, and until known. */
  readonly clockOffMs: number;
  /** Takes the server's time from the `Date` of an answer of its own; something in between has a clock of its own. */
  learnTime(answer: AnswerHead): void;
}

/** One spelling, in the header and in the signature (spec 8.5). */
const CONTENT_TYPE = 'application/json; charset=UTF-8';
/** Less is not worth correcting: `Date` knows full seconds only. */
export const SAME_TIME_MS = 60_000;

export function createSigner(options: SignerOptions): Signer {
  const { accessKey, secretKey, baseUrl, variant, clock } = options;
  const { origin, host } = new URL(baseUrl);
  let { clockOffMs } = options;

  const signer: Signer = {
    variant,
    request(to, msgBody) {
      const url = `${baseUrl}/${to}`;
      const text = JSON.stringify({ request: { version: '2.0' }, msgBody });
      const body = Buffer.from(text);
      const type = { 'content-type': CONTENT_TYPE, 'content-length': String(body.length) };
      const time = new Date(clock.now() + clockOffMs).toISOString();
      const authorization = signAuthV2({
        accessKey,
        secretKey,
        timestamp: signer.variant === 'B' ? time : time.replace(/\.\d+/, ''),
        method: 'POST',
        path: new URL(url).pathname,
        headers: signer.variant === 'three-headers' ? { host, ...type } : { host },
        body,
        emptyQueryLine: signer.variant === 'C',
      });
      return {
        method: 'POST',
        url,
        headers: { ...type, accept: '*/*', authorization },
        body: text,
        trusts: (address) => address.origin === origin,
      };
    },
    get clockOffMs() {
      return clockOffMs;
    },
    learnTime({ headers }) {
      const offMs = Date.parse(headers.date ?? '') - clock.now();
      if (!Number.isNaN(offMs)) clockOffMs = Math.abs(offMs) > SAME_TIME_MS ? offMs : 0;
    },
  };
  return signer;
}
