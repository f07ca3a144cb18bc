/** Who is signed in. One account at a time; its tokens and its password never leave this part and those below. */
import type { AccountState, SignIn, SignInDeclaration } from '../contract/account.ts';
import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { SecretVault } from '../credentials/secret-vault.ts';
import type { Clock } from '../lib/clock.ts';
import { createInTurn } from '../lib/in-turn.ts';
import type { HttpClient } from '../network/http.ts';
import type { Provider, Session } from '../providers/provider.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { type Account, accountKey, DEMO_KEY } from './account.ts';
import { watchAccess } from './watch-access.ts';

/** A running sample service, and how to sign in to it. */
export interface SampleService {
  readonly provider: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly serverAddress: string;
  close(): Promise<void>;
}

export interface AccountManagerOptions {
  readonly providers: readonly Provider[];
  readonly vault: SecretVault;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  /** A transport for one account. All share the connection budget, so that signing in again does not double it. */
  openHttp(): HttpClient;
  startSampleService(): Promise<SampleService>;
  /** Called after every change of who is signed in. */
  onChange(state: AccountState): void;
}

export interface AccountManager {
  systems(): readonly SignInDeclaration[];
  state(): AccountState;
  current(): Account | null;
  /** A new attempt ends one that is under way. Failing leaves everything as it was. */
  signIn(input: SignIn): Promise<Result<AccountState>>;
  startDemo(): Promise<Result<AccountState>>;
  /** Forgets the token and the kept password. Failure `disk-error`: signed out, but the password may still be kept. */
  signOut(): Promise<Result<null>>;
  /** Signs in with what was kept, if anything was. Sends nothing: the first request gets the token. */
  restore(): Promise<void>;
  /**
   * Keeps the password of whoever is signed in; the state says so, or why not. Or forgets the one that is kept: failure
   * `disk-error` when it may still be there.
   */
  setKeep(keep: boolean): Promise<Result<null>>;
  /** Signs an account out that the service accepts no more, if it is still the one that is signed in. */
  loseAccess(accountKey: string, why: Failure): void;
  close(): Promise<void>;
}

interface Opened {
  readonly account: Account;
  readonly fields: Readonly<Record<string, string>>;
  readonly sample: SampleService | null;
}

export function createAccountManager(options: AccountManagerOptions): AccountManager {
  const { providers, vault, settings, clock } = options;
  let opened: Opened | null = null;
  let lost: Failure | null = null;
  let attempt = new AbortController();
  /** What is kept changes in the order of the wishes, so that a slow "keep" never comes after a "forget". */
  const inTurn = createInTurn();

  const providerById = (id: string) => providers.find((provider) => provider.signIn.provider === id) ?? null;

  function state(): AccountState {
    if (!opened) return { status: 'signed-out', failure: lost };
    const { account } = opened;
    return {
      status: 'signed-in',
      provider: account.provider.signIn.provider,
      providerLabel: account.provider.signIn.label,
      accountName: account.name,
      serverAddress: account.serverAddress,
      demo: account.demo,
      kept: account.kept,
      notKept: account.notKept,
    };
  }

  const isCurrent = ({ account }: Opened) => opened?.account.session === account.session;

  /** Resolves when everything of the account before is closed. */
  async function become(next: Opened | null, why: Failure | null = null): Promise<void> {
    const before = opened;
    opened = next;
    lost = why;
    options.onChange(state());
    if (before) await leave(before);
  }

  const forget = () => inTurn(() => vault.forget());

  /** The account with its session watched: when the service takes the access away, we are signed out. */
  function open(
    provider: Provider,
    serverAddress: string,
    fields: Readonly<Record<string, string>>,
    sample: SampleService | null,
  ): Opened {
    const http = options.openHttp();
    const name = provider.accountName(fields);
    const session: Session = watchAccess(
      provider.openSession({ serverAddress, fields, http, clock }),
      (why) => {
        if (opened?.account.session !== session) return;
        if (why.code === 'sign-in-refused' && !account.demo) void forget();
        void become(null, why);
      },
    );
    const key = sample ? DEMO_KEY : accountKey(provider.signIn.provider, serverAddress, name);
    const account: Account = {
      key,
      provider,
      name,
      serverAddress,
      demo: sample !== null,
      session,
      http,
      kept: false,
      notKept: null,
    };
    return { account, fields, sample };
  }

  async function enter(next: Opened, signal: AbortSignal): Promise<Result<AccountState>> {
    const signedIn = await next.account.session.signIn(signal);
    if (!signedIn.ok || signal.aborted) {
      await leave(next);
      return signedIn.ok ? failed(failure('cancelled', 'another sign-in began')) : signedIn;
    }
    await become(next);
    return ok(state());
  }

  function beginAttempt(): AbortSignal {
    attempt.abort();
    attempt = new AbortController();
    return attempt.signal;
  }

  async function setKeep(keep: boolean): Promise<Result<null>> {
    const whose = opened?.account.demo ? null : opened;
    if (!whose) return keep ? ok(null) : forget();
    return inTurn(async () => {
      if (keep && !isCurrent(whose)) return ok(null);
      const { key } = whose.account;
      const done = keep ? await vault.keep(key, whose.fields) : await vault.forget();
      if (!keep && !done.ok) return done;
      if (opened && isCurrent(whose)) {
        const notKept = done.ok ? null : done.failure;
        opened = { ...opened, account: { ...opened.account, kept: keep && done.ok, notKept } };
        options.onChange(state());
      }
      return ok(null);
    });
  }

  return {
    systems: () =>
      providers.map(({ signIn }) => ({
        ...signIn,
        defaultServerAddress: settings.get().serverAddress ?? signIn.defaultServerAddress,
      })),
    state,
    current: () => opened?.account ?? null,

    async signIn(input) {
      const signal = beginAttempt();
      const provider = providerById(input.provider);
      if (!provider) return failed(failure('bad-input', `no system ${input.provider}`));
      const address = provider.readAddress(input.serverAddress);
      if (!address.ok) return address;
      const next = open(provider, address.value, input.fields, null);
      const entered = await enter(next, signal);
      if (!entered.ok) return entered;
      // Signed out again while the account before was being closed: nothing of this is to be remembered.
      if (!isCurrent(next)) return ok(state());
      settings.change({
        lastProvider: input.provider,
        lastAccountName: provider.accountName(input.fields),
        serverAddress: address.value === provider.signIn.defaultServerAddress ? null : address.value,
        keepSignedIn: input.keep,
      });
      await setKeep(input.keep);
      return ok(state());
    },

    async startDemo() {
      const signal = beginAttempt();
      const sample = await options.startSampleService();
      const provider = providerById(sample.provider);
      if (!provider) throw new Error(`the sample service is for an unknown system: ${sample.provider}`);
      return enter(open(provider, sample.serverAddress, sample.fields, sample), signal);
    },

    async signOut() {
      beginAttempt();
      if (!opened || opened.account.demo) {
        await become(null);
        return ok(null);
      }
      settings.change({ keepSignedIn: false });
      const [forgotten] = await Promise.all([forget(), become(null)]);
      return forgotten;
    },

    async restore() {
      const signal = beginAttempt();
      const { keepSignedIn, lastProvider, lastAccountName, serverAddress } = settings.get();
      const provider = keepSignedIn && lastProvider !== null ? providerById(lastProvider) : null;
      if (!provider || lastAccountName === null) return;
      const address = provider.readAddress(serverAddress ?? provider.signIn.defaultServerAddress);
      if (!address.ok) return;
      const fields = await vault.recall(accountKey(provider.signIn.provider, address.value, lastAccountName));
      // Unlocking a keyring takes its time: somebody may have signed in since.
      if (!fields || signal.aborted) return;
      const next = open(provider, address.value, fields, null);
      await become({ ...next, account: { ...next.account, kept: true } });
    },

    setKeep,

    loseAccess(key, why) {
      if (opened?.account.key === key) void become(null, why);
    },

    async close() {
      beginAttempt();
      if (opened) await leave(opened);
    },
  };
}

/** Closes what an account had open. That something of it will not close stops nobody. */
async function leave({ account, sample }: Opened): Promise<void> {
  await Promise.allSettled([account.http.close(), sample?.close()]);
}
