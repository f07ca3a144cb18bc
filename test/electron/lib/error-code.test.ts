import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../electron/lib/error-code.ts';

describe('what an error is called in a technical line', () => {
  it('is its code, else the name of its kind, never its message', () => {
    expect(errorCode(Object.assign(new Error('in /home/me'), { code: 'ENOSPC' }))).toBe('ENOSPC');
    expect(errorCode(new TypeError('in /home/me'))).toBe('TypeError');
    expect(errorCode(Object.assign(new RangeError('x'), { code: 'a sentence with /a/path' }))).toBe(
      'RangeError',
    );
    expect(errorCode(Object.assign(new RangeError('x'), { code: 7 }))).toBe('RangeError');
    expect(errorCode('in /home/me')).toBe('unknown error');
  });
});
