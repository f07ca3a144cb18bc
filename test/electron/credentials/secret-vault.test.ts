import { describe, expect, it } from 'vitest';
import { createSecretVault, type Encryption } from '../../../electron/credentials/secret-vault.ts';
import { createMemoryVault } from '../../fakes/memory-vault.ts';

const KEY = 'cisco-cca|https://pcsprod.webex.com/pcs/api|acme-machine';
const secrets = { accountName: 'acme-machine', accountPassword: 'p4ss.wörd "quoted"' };

/** Stands for the operating system: turns every bit around, so that no plain text is left. */
function encryption(more: Partial<Encryption> = {}): Encryption {
  const turn = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => turn(Buffer.from(text)),
    decryptStringAsync: async (bytes) => ({ result: turn(bytes).toString(), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => 'gnome_libsecret',
    ...more,
  };
}

function setUp(more: Partial<Encryption> = {}, platform: NodeJS.Platform = 'linux') {
  const stored = new Map<string, unknown>();
  const store = {
    get: (key: string) => stored.get(key),
    set: (key: string, value: string) => void stored.set(key, value),
    delete: (key: string) => void stored.delete(key),
  };
  const open = (other: Partial<Encryption>) =>
    createSecretVault({ safeStorage: encryption(other), store, platform });
  return { vault: open(more), open, stored };
}

describe('the vault', () => {
  it('gives back what it keeps, and nothing of it is stored as plain text', async () => {
    const { vault, stored } = setUp();
    expect(await vault.keep(KEY, secrets)).toEqual({ ok: true, value: null });
    expect(await vault.recall(KEY)).toEqual(secrets);
    const written = JSON.stringify([...stored]);
    for (const secret of Object.values(secrets)) {
      expect(written).not.toContain(secret);
      expect(written).not.toContain(Buffer.from(secret).toString('base64'));
    }
  });

  it('keeps the secrets of each account for itself, and gives them to no other', async () => {
    const { vault, stored } = setUp();
    await vault.keep('a.b.c', { password: '1' });
    await vault.keep('a.b', { password: '2' });
    expect([await vault.recall('a.b.c'), await vault.recall('a.b')]).toEqual([
      { password: '1' },
      { password: '2' },
    ]);
    expect(await vault.recall('a')).toBeNull();
    await vault.forget('a.b.c');
    expect([await vault.recall('a.b.c'), await vault.recall('a.b')]).toEqual([null, { password: '2' }]);
    expect(stored.size).toBe(1);
    for (const key of stored.keys()) expect(key).toMatch(/^[a-z0-9]+$/);
  });

  it('forgets what is kept of an account', async () => {
    const { vault, stored } = setUp();
    await vault.keep(KEY, secrets);
    expect(await vault.forget(KEY)).toEqual({ ok: true, value: null });
    expect(await vault.recall(KEY)).toBeNull();
    expect(stored.size).toBe(0);
  });

  it('says when what is kept cannot be removed from the disk, instead of failing otherwise', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const store = {
      get: () => 'unreadable',
      set: () => {},
      delete: () => {
        throw full;
      },
    };
    const vault = createSecretVault({ safeStorage: encryption(), store, platform: 'win32' });
    expect(await vault.forget(KEY)).toMatchObject({
      failure: { code: 'disk-error', detail: 'secrets: ENOSPC' },
    });
    expect(await vault.recall(KEY)).toBeNull();
  });

  it.each<[string, Partial<Encryption>, NodeJS.Platform]>([
    ['there is no encryption', { isAsyncEncryptionAvailable: async () => false }, 'win32'],
    ['the system fails', { isAsyncEncryptionAvailable: () => Promise.reject(new Error('x')) }, 'darwin'],
    ['Linux has no keyring', { getSelectedStorageBackend: () => 'basic_text' }, 'linux'],
    ['Linux does not know its keyring', { getSelectedStorageBackend: () => 'unknown' }, 'linux'],
    ['encrypting fails', { encryptStringAsync: () => Promise.reject(new Error('s3cret')) }, 'linux'],
  ])('refuses to keep anything when %s', async (_why, more, platform) => {
    const { vault, stored } = setUp(more, platform);
    const kept = await vault.keep(KEY, secrets);
    expect(kept).toMatchObject({ ok: false, failure: { code: 'no-secure-storage' } });
    expect(JSON.stringify(kept)).not.toContain('s3cret');
    expect(stored.size).toBe(0);
  });

  it('says whether it can keep anything', async () => {
    expect(await setUp().vault.available()).toBe(true);
    expect(await setUp({ getSelectedStorageBackend: () => 'basic_text' }).vault.available()).toBe(false);
  });

  it('asks for the keyring on Linux only', async () => {
    const getSelectedStorageBackend = () => {
      throw new Error('there is none');
    };
    expect(await setUp({ getSelectedStorageBackend }, 'win32').vault.available()).toBe(true);
  });

  it.each<[string, Partial<Encryption>]>([
    ['cannot be decrypted', { decryptStringAsync: () => Promise.reject(new Error('other key')) }],
    ['is not JSON', { decryptStringAsync: async () => ({ result: 'x', shouldReEncrypt: false }) }],
    [
      'has another shape',
      { decryptStringAsync: async () => ({ result: '{"a":1}', shouldReEncrypt: false }) },
    ],
  ])('forgets what %s', async (_why, more) => {
    const { vault, open, stored } = setUp();
    await vault.keep(KEY, secrets);
    expect(await open(more).recall(KEY)).toBeNull();
    expect(stored.size).toBe(0);
  });

  it('forgets what is not text at all', async () => {
    const { vault, stored } = setUp();
    await vault.keep(KEY, secrets);
    for (const key of stored.keys()) stored.set(key, 7);
    expect(await vault.recall(KEY)).toBeNull();
    expect(stored.size).toBe(0);
  });

  it('keeps what a locked keyring hides today', async () => {
    const { vault, open } = setUp();
    await vault.keep(KEY, secrets);
    expect(await open({ isAsyncEncryptionAvailable: async () => false }).recall(KEY)).toBeNull();
    expect(await vault.recall(KEY)).toEqual(secrets);
  });

  it('encrypts anew what the system wants encrypted with its new key', async () => {
    const { vault, open, stored } = setUp();
    await vault.keep(KEY, secrets);
    const before = [...stored.values()];
    const rotated = open({
      decryptStringAsync: async (bytes) => ({
        ...(await encryption().decryptStringAsync(bytes)),
        shouldReEncrypt: true,
      }),
      encryptStringAsync: async (text) => Buffer.from(`new key ${text.length}`),
    });
    expect(await rotated.recall(KEY)).toEqual(secrets);
    expect([...stored.values()]).not.toEqual(before);
  });
});

describe('the vault of the tests', () => {
  it('keeps, gives back, forgets and refuses as the real one', async () => {
    const vault = createMemoryVault();
    expect(await vault.recall(KEY)).toBeNull();
    expect(await vault.keep(KEY, secrets)).toMatchObject({ ok: true });
    expect(await vault.recall(KEY)).toEqual(secrets);
    await vault.forget(KEY);
    expect(await vault.recall(KEY)).toBeNull();
    const none = createMemoryVault({ available: false });
    expect(await none.available()).toBe(false);
    expect(await none.keep(KEY, secrets)).toMatchObject({ failure: { code: 'no-secure-storage' } });
  });
});
