import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/contract/failure.ts';
import { meantAccount } from '../../../../renderer/features/sign-in/meant-account.ts';
import { anAccount } from '../../../fakes/fake-bridge.ts';

const lost = failure('access-lost', 'GET answered 401', { status: 401 });
const first = anAccount({ key: 'a', status: 'signed-out' });
const second = anAccount({ key: 'b', status: 'signed-out', provider: 'other' });
const third = anAccount({ key: 'c', status: 'signed-out' });
const nobody = { accounts: [first, second, third], current: null, failure: null };

describe('the account that the sign-in form is about', () => {
  it('is the one that was chosen', () => {
    expect(meantAccount(nobody, 'b', 'cisco-cca')).toBe(second);
    expect(meantAccount({ ...nobody, current: 'a' }, 'b', 'cisco-cca')).toBe(second);
    expect(meantAccount(nobody, '', 'cisco-cca')).toBeNull();
  });

  it('is the last one of the system that was used last', () => {
    expect(meantAccount(nobody, null, 'cisco-cca')).toBe(third);
    expect(meantAccount(nobody, null, 'unknown')).toBeNull();
  });

  it('is the one that the service has signed out', () => {
    const accounts = [{ ...first, failure: lost }, second, third];
    expect(meantAccount({ accounts, current: null, failure: lost }, null, 'cisco-cca')?.key).toBe('a');
  });

  it('is a new one while others are signed in', () => {
    expect(meantAccount({ ...nobody, current: 'a' }, null, 'cisco-cca')).toBeNull();
  });
});
