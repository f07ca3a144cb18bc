import { describe, expect, it } from 'vitest';
import { ownAccounts } from '../../../../renderer/features/settings/own-accounts.ts';
import { anAccount } from '../../../fakes/fake-bridge.ts';

const [a, b] = [anAccount({ key: 'a' }), anAccount({ key: 'b', status: 'signed-out' })];
const sample = anAccount({ key: 'demo', demo: true });
const keys = (...given: Parameters<typeof ownAccounts>) => ownAccounts(...given).map(({ key }) => key);

describe('the accounts to set something for one by one', () => {
  it('are none where there is only one: what is set for all is set for it', () => {
    expect(keys({ accounts: [a], current: 'a' })).toEqual([]);
    expect(keys({ accounts: [a, sample], current: 'a' })).toEqual([]);
  });

  it('are all where there are several, the one that the screens are about first', () => {
    expect(keys({ accounts: [b, a], current: 'a' })).toEqual(['a', 'b']);
    expect(keys({ accounts: [a, b, sample], current: 'demo' })).toEqual(['a', 'b']);
  });

  it.each([{ folder: 'D:\\CDR' }, { filesAtOnce: 2 }])(
    'are the only one too while it has %j of its own',
    (own) => {
      expect(keys({ accounts: [{ ...a, ...own }], current: 'a' })).toEqual(['a']);
    },
  );
});
