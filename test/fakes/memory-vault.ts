import { failure } from '../../electron/contract/failure.ts';
import { failed, ok } from '../../electron/contract/result.ts';
import type { SecretVault } from '../../electron/credentials/secret-vault.ts';

export interface MemoryVault extends SecretVault {
  /** What is kept now, by account key. */
  readonly kept: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** A vault without an operating system. `available: false` refuses as a computer without encryption does. */
export function createMemoryVault({ available = true } = {}): MemoryVault {
  const kept = new Map<string, Readonly<Record<string, string>>>();
  return {
    kept,
    available: async () => available,
    async keep(accountKey, secrets) {
      if (!available) return failed(failure('no-secure-storage', 'no encryption available'));
      kept.set(accountKey, { ...secrets });
      return ok(null);
    },
    async recall(accountKey) {
      const secrets = kept.get(accountKey);
      return secrets ? { ...secrets } : null;
    },
    async forget(accountKey) {
      kept.delete(accountKey);
      return ok(null);
    },
  };
}
