import { describe, expect, it } from 'vitest';
import { createKnownAccounts } from '../../../electron/accounts/known-accounts.ts';
import { createOwnSettings } from '../../../electron/accounts/own-settings.ts';
import { filesAtOnceOf } from '../../../electron/contract/settings.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';

const fake = createFakeProvider();

/** A computer that knows these accounts. The first one is the current one. */
function computer(...keys: readonly string[]) {
  const values = new Map<string, unknown>();
  let isFull = false;
  const settings = createSettings({
    store: {
      get: (key) => values.get(key),
      set(key, value) {
        if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        values.set(key, value);
      },
    },
  });
  const known = createKnownAccounts(settings, [fake.provider]);
  const put = (key: string) =>
    known.put(fake.provider, { key, name: key, serverAddress: 'https://one', fields: {}, kept: false });
  for (const key of keys) put(key);
  let told = 0;
  let current = keys[0] ?? null;
  const own = createOwnSettings({ known, current: () => current, onChange: () => (told += 1) });
  return {
    own,
    known,
    settings,
    put,
    switchTo(key: string | null) {
      current = key;
    },
    fillDisk() {
      isFull = true;
    },
    get told() {
      return told;
    },
  };
}

describe('what is set for one account', () => {
  it('is of that account alone, and there at the next start', () => {
    const { own, settings } = computer('a', 'b');
    expect(own.changeOwn('b', { filesAtOnce: 2 })).toMatchObject({ ok: true });
    expect([filesAtOnceOf(settings.get(), 'a'), filesAtOnceOf(settings.get(), 'b')]).toEqual([null, 2]);
    expect(own.ownOf('b')).toEqual({ folder: null, filesAtOnce: 2 });
  });

  it('changes in what is named, and in nothing else', () => {
    const { own } = computer('a');
    own.changeOwn('a', { folder: '/a', filesAtOnce: 2 });
    own.changeOwn('a', { folder: undefined, filesAtOnce: 3 });
    expect(own.ownOf('a')).toEqual({ folder: '/a', filesAtOnce: 3 });
    own.changeOwn('a', { folder: null });
    expect(own.ownOf('a')).toEqual({ folder: null, filesAtOnce: 3 });
  });

  it('stays when somebody signs in with the account again, and goes with it when it is forgotten', () => {
    const { own, known, put } = computer('a');
    own.changeOwn('a', { folder: '/a', filesAtOnce: 2 });
    put('a');
    expect(own.ownOf('a')).toEqual({ folder: '/a', filesAtOnce: 2 });
    known.remove('a');
    put('a');
    expect(own.ownOf('a')).toEqual({ folder: null, filesAtOnce: null });
  });

  it('can’t be set for sample data or an account that is not known', () => {
    const { own, settings } = computer('a');
    expect(own.changeOwn('demo|fake', { filesAtOnce: 2 })).toMatchObject({ failure: { code: 'bad-input' } });
    expect(own.ownOf('demo|fake')).toEqual({ folder: null, filesAtOnce: null });
    expect(filesAtOnceOf(settings.get(), 'demo|fake')).toBeNull();
  });

  it('is as before when it can’t be saved, and says so', () => {
    const world = computer('a');
    world.fillDisk();
    expect(world.own.changeOwn('a', { filesAtOnce: 2 })).toMatchObject({ failure: { code: 'disk-error' } });
    expect([world.own.ownOf('a').filesAtOnce, world.told]).toEqual([null, 0]);
  });
});

describe('a folder that is picked for the current account', () => {
  it('is its own where there are several accounts, and that of all where it is the only one', () => {
    expect(computer('a').own.ownerOfFolder()).toBeNull();
    expect(computer('a', 'b').own.ownerOfFolder()).toBe('a');
  });

  it('is its own where it has one already, also when the other accounts are gone', () => {
    const { own } = computer('a');
    own.changeOwn('a', { folder: '/a' });
    expect(own.ownerOfFolder()).toBe('a');
    expect(own.folder()).toBe('/a');
  });

  it('is that of all while nobody is signed in, and for sample data', () => {
    const { own, switchTo } = computer('a', 'b');
    switchTo('demo|fake');
    expect(own.ownerOfFolder()).toBeNull();
    switchTo(null);
    expect([own.ownerOfFolder(), own.folder()]).toEqual([null, null]);
  });
});
