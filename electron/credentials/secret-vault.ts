import type { SafeStorage } from 'electron';
import { z } from 'zod';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { errorCode } from '../lib/error-code.ts';

/** The secrets of accounts on this computer, encrypted by the operating system, or not kept at all. */
export interface SecretVault {
  /** Whether this computer can keep a secret. */
  available(): Promise<boolean>;
  /** Keeps the secrets of an account in place of its earlier ones. Failure `no-secure-storage`: they are not kept. */
  keep(accountKey: string, secrets: Readonly<Record<string, string>>): Promise<Result<null>>;
  /** What was kept; null where there is nothing that can be read. */
  recall(accountKey: string): Promise<Record<string, string> | null>;
  /** Forgets the secrets of an account. Failure `disk-error`: they may still be there. */
  forget(accountKey: string): Promise<Result<null>>;
}

/** The part of Electron's `safeStorage` that the vault needs. */
export type Encryption = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** Where the encrypted text goes: the part of an electron-store that is needed. Keys are letters and digits. */
export interface SecretStore {
  get(key: string): unknown;
  set(key: string, value: string): void;
  delete(key: string): void;
}

export interface SecretVaultOptions {
  readonly safeStorage: Encryption;
  readonly store: SecretStore;
  readonly platform: NodeJS.Platform;
}

const secretsSchema = z.record(z.string(), z.string());

/** An account key holds dots, which an electron-store reads as a path. */
const storeKey = (accountKey: string): string => Buffer.from(accountKey).toString('hex');

export function createSecretVault({ safeStorage, store, platform }: SecretVaultOptions): SecretVault {
  /** Without a keyring, Linux "encrypts" with a key that is in everybody's copy of Chromium: plain text. */
  function onlyLooksEncrypted(): boolean {
    if (platform !== 'linux') return false;
    return ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
  }

  async function available(): Promise<boolean> {
    try {
      return !onlyLooksEncrypted() && (await safeStorage.isAsyncEncryptionAvailable());
    } catch {
      return false;
    }
  }

  async function keep(accountKey: string, secrets: Readonly<Record<string, string>>): Promise<Result<null>> {
    if (!(await available())) return failed(failure('no-secure-storage', 'no encryption available'));
    try {
      const encrypted = await safeStorage.encryptStringAsync(JSON.stringify(secrets));
      store.set(storeKey(accountKey), encrypted.toString('base64'));
      return ok(null);
    } catch (error) {
      // Not its message: that could hold what was to be encrypted.
      return failed(failure('no-secure-storage', errorCode(error)));
    }
  }

  async function forget(accountKey: string): Promise<Result<null>> {
    try {
      store.delete(storeKey(accountKey));
      return ok(null);
    } catch (error) {
      return failed(failure('disk-error', `secrets: ${errorCode(error)}`));
    }
  }

  return {
    available,
    keep,
    forget,

    async recall(accountKey) {
      const stored = store.get(storeKey(accountKey));
      // A keyring that is locked today may open tomorrow, so what is stored stays.
      if (stored === undefined || !(await available())) return null;
      try {
        const encrypted = Buffer.from(z.string().parse(stored), 'base64');
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(encrypted);
        const secrets = secretsSchema.parse(JSON.parse(result));
        if (shouldReEncrypt) await keep(accountKey, secrets);
        return secrets;
      } catch {
        await forget(accountKey);
        return null;
      }
    },
  };
}
