import type { Account } from '../accounts/account.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { CliContext } from './context.ts';
import { type Ending, failedWith } from './ending.ts';
import { signIn } from './sign-in.ts';
import type { SignInChoice } from './who-signs-in.ts';

/** Does `work` with the account that signs in, and closes it whatever happens. */
export async function withAccount(
  choice: SignInChoice,
  settings: SettingsStore,
  { host, output, dataFolder }: CliContext,
  work: (account: Account) => Promise<Ending>,
): Promise<Ending> {
  const signedIn = await signIn(choice, { host, output, dataFolder, settings });
  if (!signedIn.ok) return failedWith(signedIn.failure);
  try {
    return await work(signedIn.value.account);
  } finally {
    await signedIn.value.close();
  }
}
