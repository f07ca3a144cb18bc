import { describe, expect, it } from 'vitest';
import type { AccountManager } from '../../../electron/accounts/account-manager.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok, type Result } from '../../../electron/contract/result.ts';
import { settingsCalls } from '../../../electron/ipc/settings-calls.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';

function setUp(keeping: Result<null> = ok(null), chosen: string | null = null, owner: string | null = null) {
  const settings = createSettings({ store: { get: () => undefined, set: () => {} } });
  const wishes: boolean[] = [];
  const own = new Map<string, string>();
  const accounts: Pick<AccountManager, 'setKeep' | 'ownerOfFolder' | 'changeOwn'> = {
    ownerOfFolder: () => owner,
    changeOwn(key, { folder }) {
      if (folder) own.set(key, folder);
      return ok(null);
    },
    async setKeep(keep) {
      wishes.push(keep);
      return keeping;
    },
  };
  const asked: string[] = [];
  const calls = settingsCalls({
    settings,
    accounts,
    view: async () => ({
      ...settings.get(),
      effectiveFolder: own.get('two') ?? settings.get().folder ?? '/downloads',
      commonFolder: settings.get().folder ?? '/downloads',
      defaultServerAddress: 'https://fake.example/api',
      canKeepPassword: true,
    }),
    async askForFolder(current) {
      asked.push(current);
      return chosen;
    },
  });
  return { calls, settings, wishes, asked };
}

describe('settings, as the window changes them', () => {
  it('are changed in what is named, and answered as they are then', async () => {
    const { calls, wishes } = setUp();
    expect(await calls.change({ atOnce: 3 })).toMatchObject({ value: { atOnce: 3, theme: 'system' } });
    expect(wishes).toEqual([]);
  });

  it('take a server address in its normal form only', async () => {
    const { calls, settings } = setUp();
    await calls.change({ serverAddress: ' other.example/api/ ' });
    expect(settings.get().serverAddress).toBe('https://other.example/api');
    expect(await calls.change({ serverAddress: 'http://other.example', atOnce: 9 })).toMatchObject({
      failure: { code: 'bad-address' },
    });
    expect(settings.get()).toMatchObject({ serverAddress: 'https://other.example/api', atOnce: 6 });
    await calls.change({ serverAddress: '  ' });
    expect(settings.get().serverAddress).toBeNull();
  });

  it('keep or forget the password as asked, and say when it may still be there', async () => {
    const { calls, wishes } = setUp();
    await calls.change({ keepSignedIn: true });
    await calls.change({ keepSignedIn: false });
    expect(wishes).toEqual([true, false]);
    const stuck = setUp(failed(failure('disk-error', 'secrets: ENOSPC')));
    expect(await stuck.calls.change({ keepSignedIn: false })).toMatchObject({
      failure: { code: 'disk-error' },
    });
  });

  it('take the folder that a person picks, and stay as they are when nothing is picked', async () => {
    const picked = setUp(ok(null), '/reports');
    expect(await picked.calls.chooseFolder()).toMatchObject({ value: { effectiveFolder: '/reports' } });
    expect(picked.asked).toEqual(['/downloads']);
    expect(await setUp().calls.chooseFolder()).toMatchObject({ value: { folder: null } });
  });

  it('keep the folder that is picked for one of several accounts apart from that of all', async () => {
    const { calls, asked } = setUp(ok(null), '/two', 'two');
    expect(await calls.chooseFolder()).toMatchObject({
      value: { folder: null, effectiveFolder: '/two', commonFolder: '/downloads' },
    });
    const picked = setUp(ok(null), '/reports', 'two');
    expect(await picked.calls.chooseCommonFolder()).toMatchObject({
      value: { folder: '/reports', commonFolder: '/reports' },
    });
    expect(asked).toEqual(['/downloads']);
  });
});
