import type { Account } from '../accounts/account.ts';
import { type AccountManager, createAccountManager } from '../accounts/account-manager.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { createConnectionBudget } from '../network/connection-budget.ts';
import { createHttpClient } from '../network/http-client.ts';
import type { Provider } from '../providers/provider.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { CliHost } from './host.ts';
import { noVault } from './no-vault.ts';
import { readPassword } from './read-password.ts';

/** The most connections that the services allow one account, over lists and files together. */
const CONNECTIONS_PER_ACCOUNT = 20;

export interface SignInChoice {
  readonly provider: string;
  /** Null: the one that is kept, else the provider's own. */
  readonly server: string | null;
  /** Null: the one that is kept. */
  readonly account: string | null;
  /** Whether the password comes from standard input; else the kept one is used. */
  readonly passwordStdin: boolean;
  /** The sample service, in place of all of these. */
  readonly demo: boolean;
}

/** Somebody who is signed in, until `close`. */
export interface SignedIn {
  readonly account: Account;
  close(): Promise<void>;
}

export interface SignInOptions {
  readonly host: CliHost;
  readonly dataFolder: string;
  readonly settings: SettingsStore;
}

/**
 * Signs in. What is kept on this computer stays as it is: only a kept password that the service refuses is forgotten,
 * as the window does.
 */
export async function signIn(choice: SignInChoice, options: SignInOptions): Promise<Result<SignedIn>> {
  const { host, dataFolder, settings } = options;
  const provider = host.providers.find((one) => one.signIn.provider === choice.provider);
  if (!provider) return failed(failure('bad-input', `no provider ${choice.provider}`));
  const usesKept = !choice.demo && !choice.passwordStdin;
  if (usesKept && !host.openVault) {
    return failed(failure('no-secure-storage', 'not the installed application'));
  }
  if (usesKept) wish(settings, choice);
  const accounts = createAccountManager({
    providers: host.providers,
    vault: usesKept && host.openVault ? await host.openVault(dataFolder) : noVault,
    settings,
    clock: host.clock,
    openHttp: () =>
      createHttpClient({
        budget: createConnectionBudget(CONNECTIONS_PER_ACCOUNT),
        proxyFor: (origin) => host.proxyFor(origin),
      }),
    startSampleService: () => host.startSampleService(),
    onChange() {},
  });
  const done = await enter(accounts, provider, choice, options);
  const account = accounts.current();
  if (done.ok && account) return ok({ account, close: () => accounts.close() });
  await accounts.close();
  return done.ok ? failed(failure('signed-out', 'nothing kept for this account')) : done;
}

async function enter(
  accounts: AccountManager,
  provider: Provider,
  choice: SignInChoice,
  { host, settings }: SignInOptions,
): Promise<Result<unknown>> {
  if (choice.demo) return accounts.startDemo();
  if (!choice.passwordStdin) return ok(await accounts.restore());
  const fields = await readFields(provider, choice.account ?? '', host);
  if (!fields.ok) return fields;
  const leave = () => void accounts.close();
  host.stop.addEventListener('abort', leave, { once: true });
  const signedIn = await accounts.signIn({
    provider: choice.provider,
    fields: fields.value,
    serverAddress: choice.server ?? settings.get().serverAddress ?? '',
    keep: false,
  });
  host.stop.removeEventListener('abort', leave);
  return host.stop.aborted ? failed(stopped) : signedIn;
}

const stopped = failure('cancelled', 'stopped while signing in');

/** The account's name goes into the first field that may be seen, a line of standard input into each that may not. */
async function readFields(
  { signIn: { fields } }: Provider,
  account: string,
  { stdin, stderr, stop }: CliHost,
): Promise<Result<Record<string, string>>> {
  const name = fields.find(({ secret }) => !secret);
  const typed: Record<string, string> = name ? { [name.id]: account } : {};
  for (const { id, label } of fields.filter(({ secret }) => secret)) {
    const secret = await readPassword({ stdin, stderr, label, stop });
    if (!secret.ok) return secret;
    typed[id] = secret.value;
  }
  return ok(typed);
}

/** Has the account manager look for what is kept of this account. */
function wish(settings: SettingsStore, { provider, server, account }: SignInChoice): void {
  settings.change({
    keepSignedIn: true,
    lastProvider: provider,
    ...(server !== null && { serverAddress: server }),
    ...(account !== null && { lastAccountName: account }),
  });
}
