import { describe, expect, it } from 'vitest';
import { accountChoices } from '../../../../renderer/features/history/account-choices.ts';
import { anAccount } from '../../../fakes/fake-bridge.ts';

describe('the accounts to narrow the history to', () => {
  it('begin with the one that the screens are about, each with its system', () => {
    const accounts = [
      anAccount({ key: 'a' }),
      anAccount({ key: 'b', accountName: 'office', providerLabel: 'Yeastar S-Series', status: 'signed-out' }),
    ];
    expect(accountChoices({ accounts, current: 'b' })).toEqual([
      { value: 'b', label: 'office · Yeastar S-Series' },
      { value: 'a', label: 'acme-machine · Cisco CCA' },
    ]);
  });

  it('have their place too where two would read the same', () => {
    const accounts = [
      anAccount({ key: 'a', serverAddress: 'https://one.example.com' }),
      anAccount({ key: 'b', serverAddress: 'https://two.example.com', status: 'signed-out' }),
      anAccount({ key: 'c', demo: true }),
      anAccount({ key: 'd', accountName: 'other' }),
    ];
    expect(accountChoices({ accounts, current: null }).map(({ label }) => label)).toEqual([
      'acme-machine (Cisco CCA, one.example.com)',
      'acme-machine (Cisco CCA, two.example.com)',
      'acme-machine (Cisco CCA, sample data)',
      'other · Cisco CCA',
    ]);
  });

  it('are those that are known while nobody is signed in', () => {
    const accounts = [anAccount({ key: 'a', status: 'signed-out' })];
    expect(accountChoices({ accounts, current: null })).toHaveLength(1);
  });
});
