/** The PBX's error numbers: what they mean (spec 6), and as which failure they are shown. */
import { type Failure, type FailureCode, failure } from '../../contract/failure.ts';

const MINUTE_MS = 60_000;

/** So long does the PBX refuse every sign-in from an address that has failed five times (spec 3.1). */
export const LOCKED_MS = 10 * MINUTE_MS;

const meanings: Readonly<Record<string, readonly [code: FailureCode, meaning: string, waitMs?: number]>> = {
  10002: ['service-refused', 'XML not supported'],
  10003: ['not-supported', 'request not supported'],
  10004: ['service-refused', 'a required parameter is blank'],
  10006: ['no-such-extension', 'the extension does not exist'],
  10032: ['sign-in-refused', 'wrong password'],
  20000: ['service-refused', 'only JSON is accepted'],
  20001: ['service-refused', 'only POST is accepted'],
  20002: ['sign-in-locked', 'sign-in locked', LOCKED_MS],
  20003: ['sign-in-refused', 'wrong user name or password'],
  20004: ['access-lost', 'no such token'],
  20005: ['access-lost', 'no token'],
  20006: ['access-lost', 'the token has timed out'],
  20007: ['no-data', 'no data'],
  20008: ['service-refused', 'wrong port'],
  20009: ['service-refused', 'no request number'],
  20010: ['service-down', 'a service of the PBX failed'],
  20011: ['service-refused', 'the heartbeat could not be set'],
  20013: ['service-refused', 'wrong verification code'],
  20015: ['service-refused', 'wrong allowed address'],
  20019: ['service-refused', 'wrong time format'],
  20020: ['service-refused', 'the random string is not valid'],
  20021: ['no-data', 'no call records'],
  30001: ['service-down', 'memory problem', MINUTE_MS],
  30003: ['service-down', 'service not running', MINUTE_MS],
};

const isOneOf =
  (...numbers: string[]) =>
  (errno: string): boolean =>
    numbers.includes(errno);

export const isNoSuchRequest = isOneOf('10003');
export const isBlankParameter = isOneOf('10004');
export const isNoExtension = isOneOf('10006');
export const isWrongPassword = isOneOf('10032', '20003');
export const isWrongMethod = isOneOf('20000', '20001');
export const isLocked = isOneOf('20002');
export const isTokenRefused = isOneOf('20004', '20005', '20006');
/** What a link may be refused with that is right but for its spelling. */
export const isLinkNotRead = isOneOf('10004', '20019', '20020');
export const isRandomRefused = isOneOf('20020');
export const isNoData = isOneOf('20007', '20021');
/** The other one may have another reason. */
export const saysNoData = isOneOf('20021');
/** Worth another look after some minutes. */
export const isOutOfOrder = isOneOf('30001', '30003');

/** `call`: what was asked, for the technical line. */
export function errnoFailure(call: string, errno: string, more = ''): Failure {
  const [code, meaning, retryAfterMs] = meanings[errno] ?? ['service-refused', 'not a known number'];
  // A text in the number's place may repeat what was sent.
  const told = /^-?\d{1,10}$/.test(errno) ? errno : errno === '' ? 'missing' : 'unreadable';
  const detail = `${call}: errno ${told} (${meaning})${more}`;
  return failure(code, detail, retryAfterMs === undefined ? {} : { retryAfterMs });
}
