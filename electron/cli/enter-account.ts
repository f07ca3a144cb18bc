import type { Account } from '../accounts/account.ts';
import { type AccountManager, createAccountManager } from '../accounts/account-manager.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { SecretVault } from '../credentials/secret-vault.ts';
import { createConnectionBudget } from '../network/connection-budget.ts';
import { createHttpClient } from '../network/http-client.ts';
import type { Provider } from '../providers/provider.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { CliHost } from './host.ts';
import type { Output } from './output.ts';

/** The most connections that the services allow one account, over lists and files together. */
const CONNECTIONS_PER_ACCOUNT = 20;

/** Somebody who is signed in, until `close`. */
export interface SignedIn {
  readonly account: Account;
  close(): Promise<void>;
}

export interface SignInOptions {
  readonly host: CliHost;
  readonly output: Output;
  readonly dataFolder: string;
  readonly settings: SettingsStore;
}

export interface EnterOptions extends Pick<SignInOptions, 'host' | 'settings' | 'dataFolder'> {
  readonly providers: readonly Provider[];
  /** What is kept on this computer, for the command line to use and to change. */
  readonly vault: SecretVault;
}

/** Opens the accounts of a command line and has `how` sign one of them in. Failure `signed-out` where it does not. */
export async function enterAccount(
  { host, settings, dataFolder, providers, vault }: EnterOptions,
  how: (accounts: AccountManager) => Promise<Result<unknown>>,
): Promise<Result<SignedIn>> {
  const accounts = createAccountManager({
    providers,
    vault,
    settings,
    clock: host.clock,
    dataFolder,
    openHttp: ({ certificate, imported }) =>
      createHttpClient({
        budget: createConnectionBudget(CONNECTIONS_PER_ACCOUNT),
        certificate,
        imported,
        proxyFor: (origin) => host.proxyFor(origin),
        proxyIsNamed: host.proxyIsNamed,
      }),
    onChange() {},
  });
  const done = await how(accounts);
  const account = accounts.current();
  if (done.ok && account) return ok({ account, close: () => accounts.close() });
  await accounts.close();
  return done.ok ? failed(failure('signed-out', 'nothing kept for this account')) : done;
}
