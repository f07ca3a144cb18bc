import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../electron/lib/retry-after.ts';

const now = Date.UTC(2026, 2, 15, 12);

describe('retryAfterMs', () => {
  it('reads seconds', () => {
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs(' 0 ', now)).toBe(0);
  });

  it('reads an HTTP date as the time that is left until then', () => {
    expect(retryAfterMs('Sun, 15 Mar 2026 12:01:30 GMT', now)).toBe(90_000);
  });

  it('does not wait for a date that is past', () => {
    expect(retryAfterMs('Sun, 15 Mar 2026 11:00:00 GMT', now)).toBe(0);
  });

  it('never waits longer than half an hour', () => {
    expect(retryAfterMs('999999999999', now)).toBe(30 * 60_000);
    expect(retryAfterMs('Mon, 15 Mar 2027 12:00:00 GMT', now)).toBe(30 * 60_000);
  });

  it.each([undefined, '', 'soon', '-5', '1.5', '2026-03-15', 'Sunday'])('does not guess at %j', (header) => {
    expect(retryAfterMs(header, now)).toBeUndefined();
  });
});
