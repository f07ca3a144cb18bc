import { failure } from '../contract/failure.ts';
import { failed, ok } from '../contract/result.ts';
import type { SecretVault } from '../credentials/secret-vault.ts';

/** Keeps nothing and forgets nothing: a secret that was typed for one run is nobody's to keep. */
export const noVault: SecretVault = {
  available: async () => false,
  keep: async () => failed(failure('no-secure-storage', 'the command line keeps no password')),
  recall: async () => null,
  forget: async () => ok(null),
};
