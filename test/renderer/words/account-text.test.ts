import { describe, expect, it } from 'vitest';
import {
  accountNames,
  accountText,
  clockText,
  needAccount,
  ownText,
  placeText,
} from '../../../renderer/words/account-text.ts';
import { aDownload, anAccount, aSystem } from '../../fakes/fake-bridge.ts';

describe('an account in words', () => {
  it('is told by its system and its host', () => {
    expect(placeText(anAccount())).toBe('Cisco CCA, pcsprod.webex.com');
    expect(accountText(anAccount())).toBe('acme-machine (Cisco CCA, pcsprod.webex.com)');
  });

  it('says what it has of its own', () => {
    expect(ownText(anAccount())).toBe('As for all');
    expect(ownText(anAccount({ filesAtOnce: 1 }))).toBe('1 file at once');
    expect(ownText(anAccount({ folder: 'D:\\CDR', filesAtOnce: 2 }))).toBe('D:\\CDR, 2 files at once');
  });

  it('is called by its name in rows, and by more where another one has the same name', () => {
    const [one, other, alone] = [
      anAccount(),
      anAccount({ key: 'yeastar-s|acme-machine', providerLabel: 'Yeastar S-Series' }),
      anAccount({ key: 'c', accountName: 'alone' }),
    ];
    const nameOf = accountNames([one, other, alone], []);
    const row = ({ key: accountKey, accountName }: typeof one) => ({ accountKey, accountName });
    expect(nameOf(row(one))).toBe('acme-machine (Cisco CCA)');
    expect(nameOf(row(other))).toBe('acme-machine (Yeastar S-Series)');
    expect(nameOf(row(alone))).toBe('alone');
  });

  it('that is not known any more is called by its system too in rows, as there is no other place for that', () => {
    const yeastar = { provider: 'yeastar-s', label: 'Yeastar S-Series' };
    const nameOf = accountNames([anAccount({ accountName: 'demo' })], [aSystem, yeastar]);
    const row = { accountKey: 'demo|yeastar-s', accountName: 'demo' };
    expect(nameOf({ ...row, provider: 'yeastar-s' })).toBe('demo (Yeastar S-Series)');
    expect(nameOf({ ...row, provider: 'of a later version' })).toBe('demo');
    expect(nameOf({ ...row, accountKey: 'cisco-cca|demo', provider: 'cisco-cca' })).toBe('demo');
  });

  it('is called by its place in rows, where another one of the same name is of the same system', () => {
    const [one, two, sample] = [
      anAccount(),
      anAccount({ key: 'two', serverAddress: 'https://other.example.com' }),
      anAccount({ key: 'sample', demo: true }),
    ];
    const nameOf = accountNames([one, two, sample], []);
    const names = [one, two, sample].map(({ key: accountKey, accountName }) =>
      nameOf({ accountKey, accountName }),
    );
    expect(names).toEqual([
      'acme-machine (pcsprod.webex.com)',
      'acme-machine (other.example.com)',
      'acme-machine (sample data)',
    ]);
  });

  it('is named in rows when there are several, by their keys, whatever their names', () => {
    const [here, forgotten] = [aDownload(), aDownload({ accountKey: 'yeastar-s|acme-machine' })];
    const known = anAccount();
    expect(needAccount([here, here], [known])).toBe(false);
    expect(needAccount([here], [known, anAccount({ key: 'other' })])).toBe(true);
    expect(needAccount([here, forgotten], [known])).toBe(true);
  });

  it('is named in rows when the only one that is known is not theirs', () => {
    const forgotten = aDownload({ accountKey: 'yeastar-s|acme-machine' });
    expect(needAccount([forgotten, forgotten], [anAccount()])).toBe(true);
  });

  it('is not named in rows of one account while nobody is known', () => {
    expect(needAccount([], [])).toBe(false);
    expect(needAccount([aDownload(), aDownload({ id: 2 })], [])).toBe(false);
  });

  it('of sample data says so in place of an address that means nothing', () => {
    expect(placeText(anAccount({ demo: true }))).toBe('Cisco CCA, sample data');
  });
});

describe('a clock that is wrong', () => {
  it.each([
    [0, null],
    [-59_000, null],
    [61_000, 'about 1 minute behind the service'],
    [-5 * 60_000, 'about 5 minutes ahead of the service'],
    [26 * 60 * 60_000, 'about 26 hours behind the service'],
  ])('is told from a minute on: %i ms', (offMs, words) => {
    if (words === null) expect(clockText(offMs)).toBeNull();
    else expect(clockText(offMs)).toContain(words);
  });
});
