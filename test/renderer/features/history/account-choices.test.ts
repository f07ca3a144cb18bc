import { describe, expect, it } from 'vitest';
import { accountChoices } from '../../../../renderer/features/history/account-choices.ts';
import { anAccount } from '../../../fakes/fake-bridge.ts';

describe('the accounts to narrow the history to', () => {
  it('begin with the one that the screens are about, and tell the others apart', () => {
    const accounts = [
      anAccount({ key: 'a', accountName: 'cdr', serverAddress: 'https://one.example.com' }),
      anAccount({
        key: 'b',
        accountName: 'cdr',
        serverAddress: 'https://two.example.com',
        status: 'signed-out',
      }),
      anAccount({ key: 'c', accountName: 'cdr', demo: true }),
    ];
    expect(accountChoices({ accounts, current: 'c' })).toEqual([
      { value: 'c', label: 'This account: cdr' },
      { value: 'a', label: 'cdr (Cisco CCA, one.example.com)' },
      { value: 'b', label: 'cdr (Cisco CCA, two.example.com)' },
    ]);
  });

  it('are those that are known while nobody is signed in', () => {
    const accounts = [anAccount({ key: 'a', status: 'signed-out' })];
    expect(accountChoices({ accounts, current: null })).toHaveLength(1);
  });
});
