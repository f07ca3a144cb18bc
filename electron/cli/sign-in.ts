import type { Account } from '../accounts/account.ts';
import { type AccountManager, createAccountManager } from '../accounts/account-manager.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { createConnectionBudget } from '../network/connection-budget.ts';
import { createHttpClient } from '../network/http-client.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { CliHost } from './host.ts';
import { noVault } from './no-vault.ts';
import { readSecrets } from './read-secrets.ts';
import type { SignInChoice } from './who-signs-in.ts';

/** The most connections that the services allow one account, over lists and files together. */
const CONNECTIONS_PER_ACCOUNT = 20;

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
  const usesKept = choice.kind === 'kept';
  if (usesKept && !host.openVault) {
    return failed(failure('no-secure-storage', 'not the installed application'));
  }
  const accounts = createAccountManager({
    providers: host.providers,
    vault: usesKept && host.openVault ? await host.openVault(dataFolder) : noVault,
    settings,
    clock: host.clock,
    openHttp: ({ certificate }) =>
      createHttpClient({
        budget: createConnectionBudget(CONNECTIONS_PER_ACCOUNT),
        certificate,
        proxyFor: (origin) => host.proxyFor(origin),
      }),
    onChange() {},
  });
  const done = await enter(accounts, choice, host);
  const account = accounts.current();
  if (done.ok && account) return ok({ account, close: () => accounts.close() });
  await accounts.close();
  return done.ok ? failed(failure('signed-out', 'nothing kept for this account')) : done;
}

function enter(accounts: AccountManager, choice: SignInChoice, host: CliHost): Promise<Result<unknown>> {
  switch (choice.kind) {
    case 'demo':
      return accounts.startDemo(choice.provider.signIn.provider);
    case 'kept':
      return enterKept(accounts, choice);
    case 'typed':
      return enterTyped(accounts, choice, host);
  }
}

async function enterKept(
  accounts: AccountManager,
  { provider, server, account }: SignInChoice & { kind: 'kept' },
): Promise<Result<unknown>> {
  const address = server === null ? null : provider.readAddress(server);
  if (address && !address.ok) return address;
  await accounts.restore(
    (kept) =>
      kept.provider === provider.signIn.provider &&
      (address === null || kept.serverAddress === address.value) &&
      (account === null || kept.name === account),
  );
  return ok(null);
}

async function enterTyped(
  accounts: AccountManager,
  { provider, server, fields, secrets, form }: SignInChoice & { kind: 'typed' },
  { stdin, stderr, stop }: CliHost,
): Promise<Result<unknown>> {
  const { provider: id, label, addressHelp = '' } = provider.signIn;
  const offered = accounts.systems().find((system) => system.provider === id)?.defaultServerAddress;
  const serverAddress = server ?? offered ?? '';
  if (serverAddress === '') {
    return failed(failure('bad-input', `${label} needs --server. ${addressHelp}`.trim()));
  }
  const read = await readSecrets({ secrets, form, stdin, stderr, stop });
  if (!read.ok) return read;
  const leave = () => void accounts.close();
  stop.addEventListener('abort', leave, { once: true });
  const signedIn = await accounts.signIn({
    provider: id,
    fields: { ...fields, ...read.value },
    serverAddress,
    keep: false,
  });
  stop.removeEventListener('abort', leave);
  return stop.aborted ? failed(failure('cancelled', 'stopped while signing in')) : signedIn;
}
