import { shownSignInFields } from '../contract/account.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { StoredAccount } from '../contract/settings.ts';
import type { SecretVault } from '../credentials/secret-vault.ts';
import type { Provider } from '../providers/provider.ts';

/**
 * What was typed, with the kept secrets of the same account in place of those that were left empty: whoever keeps a
 * password need not type it again to trust another certificate. `known`: the account, null where it is new here. Failure
 * `nothing-kept`: what should be kept can't be read.
 */
export async function fillInKept(
  { signIn }: Provider,
  typed: Readonly<Record<string, string>>,
  known: StoredAccount | null,
  vault: Pick<SecretVault, 'recall'>,
): Promise<Result<Readonly<Record<string, string>>>> {
  const left = shownSignInFields(signIn, typed).filter(
    ({ id, secret, optional }) => secret && !optional && !typed[id],
  );
  if (left.length === 0 || !known?.kept) return ok(typed);
  const kept = await vault.recall(known.key);
  if (!kept) return failed(failure('nothing-kept', 'the kept secrets can not be read'));
  return ok({ ...typed, ...Object.fromEntries(left.map(({ id }) => [id, kept[id] ?? ''])) });
}
