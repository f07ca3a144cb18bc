import type { SignInField } from '../contract/account.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { AccountOptions } from './options.ts';
import { readSignInFields, signInUsage } from './sign-in-fields.ts';

/** Who signs in, and with what. */
export type SignInChoice = { readonly provider: Provider } & (
  | { readonly kind: 'demo' }
  /** Whoever is kept on this computer. Null: whatever the server, whoever it is. */
  | { readonly kind: 'kept'; readonly server: string | null; readonly account: string | null }
  | {
      readonly kind: 'typed';
      /** Null: the one that was used last, else the system's own. */
      readonly server: string | null;
      readonly fields: Readonly<Record<string, string>>;
      /** To be read from standard input. */
      readonly secrets: readonly SignInField[];
      /** As the only line of it, or as JSON by their ids. */
      readonly form: 'line' | 'json';
    }
);

/** Who signs in to a system, by the options. Fails with what to say to a person. */
export function whoSignsIn(options: AccountOptions, provider: Provider): Result<SignInChoice, string> {
  const { server = null, account = null, field, certificate, passwordStdin, secretsStdin, demo } = options;
  const hasFields = field.length > 0 || certificate !== undefined;
  const isTyped = passwordStdin || secretsStdin;
  if (demo) {
    return server !== null || account !== null || hasFields || isTyped
      ? failed('--demo goes without --server, --account, --field, --certificate and secrets.')
      : ok({ kind: 'demo', provider });
  }
  if (!isTyped) {
    return hasFields
      ? failed(
          '--field and --certificate go with --password-stdin or --secrets-stdin; a kept account has its own.',
        )
      : ok({ kind: 'kept', provider, server, account });
  }
  if (passwordStdin && secretsStdin) return failed('Give --password-stdin or --secrets-stdin, not both.');
  const read = readSignInFields(provider.signIn, options);
  if (!read.ok) return read;
  const { secrets } = read.value;
  if (passwordStdin && secrets.length !== 1) {
    const usage = signInUsage(provider.signIn);
    return failed(`--password-stdin is for a sign-in with one secret. Give --secrets-stdin.\n${usage}`);
  }
  return ok({ kind: 'typed', provider, server, ...read.value, form: secretsStdin ? 'json' : 'line' });
}
