import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { enterAccount, type SignedIn, type SignInOptions } from './enter-account.ts';
import { noVault } from './no-vault.ts';
import { signInTyped } from './sign-in-typed.ts';
import type { SignInChoice } from './who-signs-in.ts';

/**
 * Signs in. What is kept on this computer stays as it is, but for two things, as in the window: a kept password that the
 * service refuses is forgotten, and what the service gives in place of a secret is kept where that one was.
 */
export async function signIn(choice: SignInChoice, options: SignInOptions): Promise<Result<SignedIn>> {
  const { host, settings, dataFolder } = options;
  switch (choice.kind) {
    case 'demo':
      return enterAccount(
        { host, settings, dataFolder, providers: host.providers, vault: noVault },
        (accounts) => accounts.startDemo(choice.provider.signIn.provider),
      );
    case 'kept':
      return signInKept(choice, options);
    case 'typed':
      return signInTyped(choice, options);
  }
}

async function signInKept(
  { provider, server, account }: SignInChoice & { kind: 'kept' },
  { host, dataFolder, settings }: SignInOptions,
): Promise<Result<SignedIn>> {
  if (!host.openVault) return failed(failure('no-secure-storage', 'not the installed application'));
  const address = server === null ? null : provider.readAddress(server);
  if (address && !address.ok) return address;
  const vault = await host.openVault(dataFolder);
  return enterAccount({ host, settings, dataFolder, providers: host.providers, vault }, async (accounts) => {
    await accounts.restore(
      (kept) =>
        kept.provider === provider.signIn.provider &&
        (address === null || kept.serverAddress === address.value) &&
        (account === null || kept.name === account),
    );
    return ok(null);
  });
}
