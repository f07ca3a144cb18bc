import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FailureCode, failure, failureCodes } from '../../../electron/contract/failure.ts';
import {
  askedToWait,
  decideRetry,
  needsSignIn,
  type Tries,
} from '../../../electron/downloads/retry-policy.ts';

const MINUTE = 60_000;
const decide = (code: FailureCode, tries: Tries = {}, random = 0) =>
  decideRetry(failure(code, ''), tries, random);

/** What the policy answers, try after try, until it stops. */
function course(code: FailureCode): (number | string)[] {
  const steps: (number | string)[] = [];
  let tries: Tries = {};
  for (;;) {
    const next = decide(code, tries);
    steps.push(next.kind === 'wait' ? next.ms : next.kind);
    if (next.kind === 'stop' || next.kind === 'sign-in') return steps;
    tries = next.tries;
  }
}

describe('a file that is being made', () => {
  const making = (advanced: boolean) =>
    failure('being-made', '', {
      retryAfterMs: 5000,
      progress: { done: 1, total: 3, msLeft: null, advanced },
    });

  it('has the whole number of tries for each step: those before one that came do not count', () => {
    const tries = { passing: 3, slowDown: 2 };
    expect(decideRetry(making(true), tries, 0)).toEqual({ kind: 'wait', ms: 5000, tries: {} });
    expect(decideRetry(making(false), tries, 0)).toEqual({ kind: 'wait', ms: 5000, tries });
  });
});

describe('the course of retries', () => {
  const passing = [2000, 8000, 32_000, 'stop'];
  const preparing = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 'stop'];
  it.each<[FailureCode, (number | string)[]]>([
    ['service-down', passing],
    ['timed-out', passing],
    ['connection-lost', passing],
    ['cancelled', passing],
    ['connection-refused', ['find-again', ...passing]],
    ['host-not-found', ['find-again', ...passing]],
    ['not-found', ['find-again', 'stop']],
    ['tls-failed', ['find-again', 'stop']],
    ['too-many-connections', [5000, 10_000, 20_000, 40_000, 80_000, 'stop']],
    ['no-room', [MINUTE / 2, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 'stop']],
    ['being-prepared', preparing],
    ['not-available', preparing],
    ['not-ready', preparing],
    ['not-made-yet', preparing],
    ['wrong-checksum', [0, 'stop']],
    ['wrong-size', [0, 'stop']],
    ['empty-answer', [0, 'stop']],
    ['sign-in-refused', ['sign-in']],
    ['signed-out', ['sign-in']],
    ['access-lost', ['sign-in']],
  ])('after %s is %j', (code, steps) => {
    expect(course(code)).toEqual(steps);
  });

  it.each<FailureCode>([
    'expired',
    'attempts-used-up',
    'bad-request',
    'unexpected-status',
    'keeps-breaking',
    'order-lost',
    'made-file-gone',
    'not-allowed',
    'no-such-extension',
    'untrusted-host',
    'too-many-redirects',
    'no-link',
    'not-a-file',
    'checksum-disagrees',
    'disk-full',
    'no-permission',
    'folder-missing',
    'file-busy',
    'disk-error',
    'unexpected',
  ])('after %s is none', (code) => {
    expect(course(code)).toEqual(['stop']);
  });
});

describe('a retry', () => {
  it('is never earlier than the service wants, however chance falls', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...failureCodes),
        fc.nat(30 * MINUTE),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (...input) => {
          const [code, retryAfterMs, random] = input;
          const next = decideRetry(failure(code, '', { retryAfterMs }), {}, random);
          return next.kind !== 'wait' || next.ms >= retryAfterMs;
        },
      ),
    );
  });

  it('is not put off for more than half an hour', () => {
    const asked = failure('too-many-connections', '', { retryAfterMs: 24 * 60 * MINUTE });
    expect(decideRetry(asked, {}, 0)).toMatchObject({ ms: 30 * MINUTE });
  });

  it('comes a little earlier by chance, at most by half', () => {
    expect(decide('service-down', {}, 0.5)).toMatchObject({ ms: 1500 });
    expect(decide('service-down', {}, 0.999)).toMatchObject({ ms: 1001 });
  });

  it.each<FailureCode>(['no-room', 'not-ready'])('after %s is not left to chance', (code) => {
    expect(decide(code, {}, 0.999)).toEqual(decide(code, {}, 0));
  });

  it('of one kind does not use up those of another', () => {
    const tries = { passing: 3, preparing: 2 };
    expect(decide('service-down', tries).kind).toBe('stop');
    expect(decide('too-many-connections', tries)).toMatchObject({
      ms: 5000,
      tries: { ...tries, slowDown: 1 },
    });
    expect(decide('not-available', tries)).toMatchObject({ ms: 30 * MINUTE });
  });

  it('ends in whatever order failures come', () => {
    // Of each kind as many as there are: 3, 5, 3, 1, 5 and 1.
    const most = 18;
    fc.assert(
      fc.property(fc.infiniteStream(fc.constantFrom(...failureCodes)), (codes) => {
        let tries: Tries = {};
        for (let count = 0; count <= most; count++) {
          const next = decide(codes.next().value, tries);
          if (next.kind === 'stop' || next.kind === 'sign-in') return true;
          tries = next.tries;
        }
        return false;
      }),
    );
  });
});

it.each([
  [undefined, 0],
  [0, 0],
  [7000, 7000],
  [24 * 60 * MINUTE, 30 * MINUTE],
])('a service that asks for %s ms of rest is granted %i', (retryAfterMs, granted) => {
  const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
  expect(askedToWait(failure('service-down', '', asked))).toBe(granted);
});

it('a sign-in is what lost access needs, and a broken connection does not', () => {
  expect(needsSignIn(failure('access-lost', ''))).toBe(true);
  expect(needsSignIn(failure('connection-lost', ''))).toBe(false);
});
