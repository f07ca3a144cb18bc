import { describe, expect, it } from 'vitest';
import type { SignInDeclaration } from '../../../../electron/contract/account.ts';
import {
  asksForAddress,
  draftProblems,
  firstDraft,
  hasKeptSecrets,
  isAdvancedChanged,
  type SignInDraft,
  signInOf,
} from '../../../../renderer/features/sign-in/sign-in-form-state.ts';
import { anAccount, aSystem, someSettings } from '../../../fakes/fake-bridge.ts';

const draft = (
  accountName: string,
  accountPassword: string,
  serverAddress = aSystem.defaultServerAddress,
): SignInDraft => ({ fields: { accountName, accountPassword }, serverAddress, keep: false });

const memory = (more: Partial<Parameters<typeof firstDraft>[1]> = {}) => ({
  settings: someSettings,
  accounts: [],
  again: null,
  ...more,
});

/** Ways to sign in that need different fields, and one that most people leave alone. */
const manyWays: SignInDeclaration = {
  provider: 'many-ways',
  label: 'Many ways',
  defaultServerAddress: 'https://cdr.example.com',
  fields: [
    {
      id: 'way',
      label: 'Way',
      secret: false,
      options: [
        { value: 'browser', label: 'Browser' },
        { value: 'token', label: 'Token' },
      ],
    },
    { id: 'clientId', label: 'Client ID', secret: false, shownWhen: { field: 'way', is: ['browser'] } },
    { id: 'token', label: 'API token', secret: true, shownWhen: { field: 'way', is: ['token'] } },
    { id: 'tenant', label: 'Tenant', secret: false, optional: true },
    { id: 'certificate', label: 'Certificate', secret: false, optional: true, advanced: true },
  ],
};

const ownAddress: SignInDeclaration = { ...aSystem, provider: 'own-address', defaultServerAddress: '' };

const drafted = (fields: Record<string, string>, serverAddress = 'https://cdr.example.com'): SignInDraft => ({
  fields,
  serverAddress,
  keep: false,
});

describe('the first draft', () => {
  it('of a new account is empty', () => {
    const known = [anAccount()];
    expect(firstDraft(aSystem, memory({ accounts: known })).fields).toEqual({});
  });

  it('has what was typed for the account to sign in with again, which holds no secret', () => {
    const fields = { way: 'token', tenant: 'acme' };
    const again = anAccount({ provider: 'many-ways', serverAddress: 'https://eu.example.com', fields });
    expect(firstDraft(manyWays, memory({ accounts: [again], again }))).toMatchObject({
      fields,
      serverAddress: 'https://eu.example.com',
    });
    expect(firstDraft(aSystem, memory({ accounts: [again], again })).fields).toEqual({});
  });

  it('has the name of an account of which an older version kept no more', () => {
    const again = anAccount({ fields: {} });
    expect(firstDraft(aSystem, memory({ again })).fields).toEqual({ accountName: 'acme-machine' });
    expect(firstDraft(aSystem, memory()).fields).toEqual({ accountName: 'acme-machine' });
  });

  it('offers the address of the settings for the system that was used last, or else the documented one', () => {
    expect(firstDraft(aSystem, memory()).serverAddress).toBe(aSystem.defaultServerAddress);
    const settings = { ...someSettings, lastProvider: 'cisco-cca', serverAddress: 'https://a.example' };
    expect(firstDraft(aSystem, memory({ settings })).serverAddress).toBe('https://a.example');
    expect(firstDraft(manyWays, memory({ settings })).serverAddress).toBe('https://cdr.example.com');
  });

  it('keeps nobody signed in on a computer that can’t keep a password', () => {
    const wished = { ...someSettings, keepSignedIn: true };
    expect(firstDraft(aSystem, memory({ settings: wished })).keep).toBe(true);
    const cannot = { ...wished, canKeepPassword: false };
    expect(firstDraft(aSystem, memory({ settings: cannot })).keep).toBe(false);
    expect(firstDraft(aSystem, memory({ settings: null })).keep).toBe(false);
  });
});

describe('a draft to be sent', () => {
  it('has every field filled and a usable address', () => {
    expect(draftProblems(aSystem, draft('me', 'secret'))).toBeNull();
    expect(draftProblems(aSystem, draft('me', ''))?.fields).toEqual({
      accountPassword: 'Type the password.',
    });
    expect(draftProblems(aSystem, draft('me', 'secret', 'http://a.example'))?.serverAddress).toMatch(/https/);
  });

  it('needs the fields of the way that is chosen, and none that may stay empty', () => {
    expect(draftProblems(manyWays, drafted({}))?.fields).toEqual({ clientId: 'Type the client ID.' });
    expect(draftProblems(manyWays, drafted({ way: 'token' }))?.fields).toEqual({
      token: 'Type the API token.',
    });
    expect(draftProblems(manyWays, drafted({ clientId: 'C1' }))).toBeNull();
  });

  it('needs an address where every customer has an own one', () => {
    expect(draftProblems(ownAddress, draft('me', 'secret', ' '))?.serverAddress).toBe(
      'Type the server address.',
    );
    expect(asksForAddress(ownAddress)).toBe(true);
    expect(asksForAddress(aSystem)).toBe(false);
    expect(asksForAddress({ ...aSystem, addressHelp: 'As in the browser.' })).toBe(true);
  });

  it('loses spaces around the name, never those of the password', () => {
    expect(signInOf(aSystem, draft(' me ', ' se cret ')).fields).toEqual({
      accountName: 'me',
      accountPassword: ' se cret ',
    });
  });

  it('has nothing of the ways that were not chosen, and nothing that was left empty', () => {
    const typed = drafted({ clientId: 'C1', token: 'left from before', tenant: ' ' });
    expect(signInOf(manyWays, typed).fields).toEqual({ way: 'browser', clientId: 'C1' });
    const other = drafted({ ...typed.fields, way: 'token' });
    expect(signInOf(manyWays, other).fields).toEqual({ way: 'token', token: 'left from before' });
  });

  it('goes to the documented address when the field was emptied', () => {
    expect(signInOf(aSystem, draft('me', 'secret', '  ')).serverAddress).toBe(aSystem.defaultServerAddress);
  });
});

describe('kept secrets', () => {
  const fields = { way: 'token', tenant: 'acme', certificate: 'AB:CD' };
  const again = anAccount({
    provider: 'many-ways',
    serverAddress: 'https://cdr.example.com',
    status: 'signed-out',
    kept: true,
    fields,
  });

  it('need not be typed for the account that they are kept for', () => {
    expect(hasKeptSecrets(manyWays, drafted(fields), again)).toBe(true);
    expect(draftProblems(manyWays, drafted(fields), true)).toBeNull();
    expect(signInOf(manyWays, drafted(fields)).fields).toEqual(fields);
  });

  it('stay good when another certificate is trusted', () => {
    expect(hasKeptSecrets(manyWays, drafted({ ...fields, certificate: 'EF:01' }), again)).toBe(true);
  });

  it.each([
    ['nothing is kept', drafted(fields), { ...again, kept: false }],
    ['it is a new account', drafted(fields), null],
    ['it goes to another server', drafted(fields, 'https://other.example.com'), again],
    ['something else is typed', drafted({ ...fields, tenant: 'other' }), again],
    ['another way is chosen', drafted({ ...fields, way: 'browser', clientId: 'C1' }), again],
    ['it is another system', drafted(fields), { ...again, provider: 'other' }],
  ])('are none when %s', (_when, now, account) => {
    expect(hasKeptSecrets(manyWays, now, account)).toBe(false);
  });

  it('stand for secrets alone: what else is missing has to be typed', () => {
    const problems = draftProblems(manyWays, drafted({ way: 'browser' }), true);
    expect(problems?.fields).toEqual({ clientId: 'Type the client ID.' });
  });
});

describe('what is under “Advanced”', () => {
  it('is open from the start when something of it is not as it comes', () => {
    expect(isAdvancedChanged(manyWays, drafted({ clientId: 'C1', tenant: 'acme' }))).toBe(false);
    expect(isAdvancedChanged(manyWays, drafted({ certificate: 'AB:CD' }))).toBe(true);
    expect(isAdvancedChanged(manyWays, drafted({}, 'https://eu.example.com'))).toBe(true);
    expect(isAdvancedChanged(ownAddress, drafted({}, 'https://eu.example.com'))).toBe(false);
  });
});
