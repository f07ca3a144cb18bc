import { describe, expect, it } from 'vitest';
import {
  draftProblems,
  firstDraft,
  signInOf,
} from '../../../../renderer/features/sign-in/sign-in-form-state.ts';
import { aSystem, someSettings } from '../../../fakes/fake-bridge.ts';

const draft = (
  accountName: string,
  accountPassword: string,
  serverAddress = aSystem.defaultServerAddress,
) => ({
  fields: { accountName, accountPassword },
  serverAddress,
  keep: false,
});

describe('the first draft', () => {
  it('has the last account name and no secret', () => {
    expect(firstDraft(aSystem, someSettings).fields).toEqual({
      accountName: 'acme-machine',
      accountPassword: '',
    });
  });

  it('offers the address of the settings, or else the documented one', () => {
    expect(firstDraft(aSystem, someSettings).serverAddress).toBe(aSystem.defaultServerAddress);
    const changed = { ...someSettings, serverAddress: 'https://a.example' };
    expect(firstDraft(aSystem, changed).serverAddress).toBe('https://a.example');
  });

  it('keeps nobody signed in on a computer that can’t keep a password', () => {
    const wished = { ...someSettings, keepSignedIn: true };
    expect(firstDraft(aSystem, wished).keep).toBe(true);
    expect(firstDraft(aSystem, { ...wished, canKeepPassword: false }).keep).toBe(false);
    expect(firstDraft(aSystem, null).keep).toBe(false);
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

  it('loses spaces around the name, never those of the password', () => {
    expect(signInOf(aSystem, draft(' me ', ' se cret ')).fields).toEqual({
      accountName: 'me',
      accountPassword: ' se cret ',
    });
  });

  it('goes to the documented address when the field was emptied', () => {
    expect(signInOf(aSystem, draft('me', 'secret', '  ')).serverAddress).toBe(aSystem.defaultServerAddress);
  });
});
