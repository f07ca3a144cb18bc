import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Settings, settingsSchema } from '../../../electron/contract/settings.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';

const defaults = settingsSchema.parse({});

function memoryStore(stored?: unknown) {
  const values = new Map<string, unknown>([['settings', stored]]);
  return {
    get: (key: string) => values.get(key),
    set: (key: string, value: unknown) => void values.set(key, value),
  };
}

describe('the settings', () => {
  it.each([[undefined], [null], ['text'], [7], [[]]])('are the defaults when %j is stored', (stored) => {
    expect(createSettings({ store: memoryStore(stored) }).get()).toEqual(defaults);
  });

  it('are there at the next start', () => {
    const store = memoryStore();
    createSettings({ store }).change({ theme: 'dark', folder: '/files' });
    expect(createSettings({ store }).get()).toEqual({ ...defaults, theme: 'dark', folder: '/files' });
  });

  it('lose the values that cannot be read, and no others', () => {
    const stored = {
      atOnce: 500,
      theme: 'dark',
      folder: '',
      keepSignedIn: 'yes',
      lastAccountName: 'me',
      old: 1,
    };
    expect(createSettings({ store: memoryStore(stored) }).get()).toEqual({
      ...defaults,
      theme: 'dark',
      lastAccountName: 'me',
    });
  });

  it('keep an account of a version that knew no limit of its own, and one whose limit can’t be read', () => {
    const account = {
      key: 'a',
      provider: 'fake',
      name: 'a',
      serverAddress: 'https://a',
      fields: {},
      kept: true,
    };
    const stored = { accounts: [account, { ...account, key: 'b', filesAtOnce: 500, folder: '/b' }] };
    expect(createSettings({ store: memoryStore(stored) }).get().accounts).toEqual([
      { ...account, folder: null, filesAtOnce: null },
      { ...account, key: 'b', folder: '/b', filesAtOnce: null },
    ]);
  });

  it('are always sound, whatever is stored', () => {
    const field = fc.constantFrom(...Object.keys(defaults));
    fc.assert(
      fc.property(fc.dictionary(field, fc.anything()), (stored) => {
        const settings = createSettings({ store: memoryStore(stored) }).get();
        expect(settingsSchema.safeParse(settings)).toEqual({ success: true, data: settings });
      }),
    );
  });

  it('change in what is named, and in nothing else', () => {
    const settings = createSettings({ store: memoryStore({ theme: 'dark', atOnce: 3 }) });
    expect(settings.change({ atOnce: 9, theme: undefined })).toEqual({
      ok: true,
      value: { ...defaults, theme: 'dark', atOnce: 9 },
    });
    expect(settings.get().atOnce).toBe(9);
  });

  it('tell of a change after it is saved, and not of one that changes nothing', () => {
    const store = memoryStore();
    const settings = createSettings({ store });
    const seen: [Settings, unknown][] = [];
    const unsubscribe = settings.onChange((now) => seen.push([now, store.get('settings')]));
    settings.change({ theme: 'light' });
    settings.change({ theme: 'light' });
    unsubscribe();
    settings.change({ theme: 'dark' });
    expect(seen).toEqual([
      [
        { ...defaults, theme: 'light' },
        { ...defaults, theme: 'light' },
      ],
    ]);
  });

  it('stay as they were when they cannot be saved', () => {
    const store = {
      ...memoryStore(),
      set() {
        throw Object.assign(new Error('in /home/me'), { code: 'ENOSPC' });
      },
    };
    const settings = createSettings({ store });
    const seen: Settings[] = [];
    settings.onChange((now) => seen.push(now));
    expect(settings.change({ theme: 'dark' })).toEqual({
      ok: false,
      failure: { code: 'disk-error', detail: 'settings: ENOSPC' },
    });
    expect([settings.get(), seen]).toEqual([defaults, []]);
  });
});
