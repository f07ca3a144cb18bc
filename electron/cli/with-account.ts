import type { Account } from '../accounts/account.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { CliContext } from './context.ts';
import { type Ending, failedWith } from './ending.ts';
import type { AccountOptions } from './options.ts';
import { type SignInChoice, signIn } from './sign-in.ts';

/** Does `work` with the account that signs in, and closes it whatever happens. */
export async function withAccount(
  choice: SignInChoice,
  settings: SettingsStore,
  { host, dataFolder }: CliContext,
  work: (account: Account) => Promise<Ending>,
): Promise<Ending> {
  const signedIn = await signIn(choice, { host, dataFolder, settings });
  if (!signedIn.ok) return failedWith(signedIn.failure);
  try {
    return await work(signedIn.value.account);
  } finally {
    await signedIn.value.close();
  }
}

/** Who signs in, by the options. Fails with what to say to a person. */
export function whoSignsIn(options: AccountOptions): Result<SignInChoice, string> {
  const { provider, server, account, passwordStdin, demo } = options;
  if (demo && (server !== undefined || account !== undefined || passwordStdin)) {
    return failed('--demo goes without --server, --account and --password-stdin.');
  }
  if (passwordStdin && account === undefined) return failed('--password-stdin needs --account.');
  return ok({ provider, server: server ?? null, account: account ?? null, passwordStdin, demo });
}
