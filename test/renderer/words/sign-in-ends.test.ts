import { describe, expect, it } from 'vitest';
import { signInEndsText } from '../../../renderer/words/account-text.ts';

const DAY_MS = 86_400_000;
const now = Date.parse('2026-03-10T12:00:00Z');

describe('a sign-in that ends', () => {
  it('is told of in its last week, with the day', () => {
    expect(signInEndsText(now + 7 * DAY_MS, now)).toContain('17 March 2026');
    expect(signInEndsText(now + DAY_MS / 2, now)).not.toBeNull();
  });

  it('is not mentioned before, nor one that does not end', () => {
    expect(signInEndsText(now + 7 * DAY_MS + 1, now)).toBeNull();
    expect(signInEndsText(null, now)).toBeNull();
  });
});
