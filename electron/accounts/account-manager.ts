/** Who is signed in. Tokens and passwords never leave this part and those below. */
import type { AccountState, KnownAccount, SignIn, SignInDeclaration } from '../contract/account.ts';
import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { StoredAccount } from '../contract/settings.ts';
import type { SecretVault } from '../credentials/secret-vault.ts';
import type { Clock } from '../lib/clock.ts';
import type { BrowserConsent, Provider } from '../providers/provider.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { type Account, accountKey, sampleKey } from './account.ts';
import { fillInKept } from './fill-in-kept.ts';
import { importedBy } from './imported-by.ts';
import { createAccountKeeper } from './keep-accounts.ts';
import { createKnownAccounts } from './known-accounts.ts';
import { leave, type OpenAccountOptions, type Opened, openAccount } from './open-account.ts';
import { createOwnSettings, type OwnSettingsKeeper } from './own-settings.ts';

export interface AccountManagerOptions {
  readonly providers: readonly Provider[];
  readonly vault: SecretVault;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  /** Has the person agree in the system's browser. Left out: there is none. */
  readonly browser?: BrowserConsent;
  /** The application's own, for what systems keep there. Left out: they keep nothing. */
  readonly dataFolder?: string;
  readonly openHttp: OpenAccountOptions['openHttp'];
  /** Called after every change of who is signed in. */
  onChange(state: AccountState): void;
}

export interface AccountManager extends OwnSettingsKeeper {
  systems(): readonly SignInDeclaration[];
  state(): AccountState;
  /** The account that the screens are about. */
  current(): Account | null;
  /** Null while nobody is signed in with it. */
  byKey(key: string): Account | null;
  /**
   * A new attempt ends one that is under way. Failing leaves everything as it was. Where the account's secrets are kept,
   * they stand for those that were left empty.
   */
  signIn(input: SignIn): Promise<Result<AccountState>>;
  cancelSignIn(): void;
  /** Starts the sample service of a system, by default the first one's, and signs in to it. */
  startDemo(provider?: string): Promise<Result<AccountState>>;
  /** Failure `signed-out`: somebody has to sign in first. */
  switchTo(key: string): Result<AccountState>;
  /**
   * Forgets the token and the kept password; by default those of the current account. Failure `disk-error`: signed out,
   * but the password may still be kept.
   */
  signOut(key?: string): Promise<Result<null>>;
  /** The same, and takes the account off the list. */
  forget(key: string): Promise<Result<null>>;
  /** Signs in with what was kept, if anything was. Sends nothing: the first request gets the token. */
  restore(which?: (account: StoredAccount) => boolean): Promise<void>;
  /**
   * Keeps the passwords of whoever is signed in; the state says so, or why not. Or forgets all that are kept: failure
   * `disk-error` when they may still be there.
   */
  setKeep(keep: boolean): Promise<Result<null>>;
  /** Signs an account out that the service accepts no more. */
  loseAccess(accountKey: string, why: Failure): void;
  close(): Promise<void>;
}

export function createAccountManager(options: AccountManagerOptions): AccountManager {
  const { providers, vault, settings } = options;
  const known = createKnownAccounts(settings, providers);
  const opened = new Map<string, Opened>();
  /** Why the service has signed an account out. */
  const lost = new Map<string, Failure>();
  let current: string | null = null;
  let attempt = new AbortController();

  const providerById = (id: string) => providers.find((provider) => provider.signIn.provider === id) ?? null;

  function state(): AccountState {
    const listed = known.all().map(({ key }) => key);
    const keys = [...new Set([...listed, ...opened.keys()])];
    const nobody = current === null ? ([...lost.values()].at(-1) ?? null) : null;
    return { accounts: keys.flatMap((key) => show(key) ?? []), current, failure: nobody };
  }

  function show(key: string): KnownAccount | null {
    const open = opened.get(key);
    if (open) return showOpened(open);
    const stored = known.get(key);
    const provider = stored && providerById(stored.provider);
    if (!stored || !provider) return null;
    const { name: accountName, serverAddress, fields, kept } = stored;
    const { provider: id, label: providerLabel } = provider.signIn;
    const common = { key, provider: id, providerLabel, accountName, serverAddress, fields };
    return {
      ...common,
      ...own.ownOf(key),
      demo: false,
      status: 'signed-out',
      failure: lost.get(key) ?? null,
      signInEndsAt: null,
      clockOffMs: 0,
      kept,
      notKept: null,
    };
  }

  function showOpened({ account }: Opened): KnownAccount {
    const { key, name: accountName, serverAddress, demo, kept, notKept } = account;
    const { provider, label: providerLabel } = account.provider.signIn;
    const fields = known.get(key)?.fields ?? {};
    const common = { key, provider, providerLabel, accountName, serverAddress, fields, ...own.ownOf(key) };
    const signInEndsAt = account.session.signInEndsAt?.() ?? null;
    const clockOffMs = account.session.clockOffMs?.() ?? 0;
    return { ...common, demo, status: 'signed-in', failure: null, signInEndsAt, clockOffMs, kept, notKept };
  }

  const tell = () => options.onChange(state());

  const own = createOwnSettings({ known, current: () => current, onChange: tell });

  const keeper = createAccountKeeper({ vault, known, opened, onChange: tell });

  function makeCurrent(key: string | null): void {
    current = key;
    settings.change({ currentAccount: key });
  }

  /** Resolves when what was open under the same key is closed. */
  async function enter(next: Opened): Promise<void> {
    const { key } = next.account;
    const before = opened.get(key);
    opened.set(key, next);
    lost.delete(key);
    makeCurrent(key);
    tell();
    if (before) await leave(before);
  }

  async function exit(key: string, why: Failure | null): Promise<void> {
    const before = opened.get(key);
    if (why) lost.set(key, why);
    else lost.delete(key);
    if (before) opened.delete(key);
    if (current === key) makeCurrent([...opened.keys()].at(-1) ?? null);
    tell();
    if (before) await leave(before);
  }

  const open = (given: Parameters<typeof openAccount>[0]) =>
    openAccount(given, {
      ...options,
      onLost(session, why) {
        const refused = opened.get(given.key);
        if (refused?.account.session !== session) return;
        if (why.code === 'sign-in-refused' && !given.sample)
          void keeper.forgetRefused(given.key, refused.fields);
        void exit(given.key, why);
      },
      async onRemember(session) {
        await keeper.renew(given.key, session);
        if (opened.get(given.key)?.account.session === session) tell();
      },
    });

  async function tryToEnter(next: Opened, signal: AbortSignal): Promise<Result<AccountState>> {
    const signedIn = await next.account.session.signIn(signal);
    if (!signedIn.ok || signal.aborted) {
      await leave(next);
      return signedIn.ok ? failed(failure('cancelled', 'another sign-in began')) : signedIn;
    }
    await enter(next);
    return ok(state());
  }

  function beginAttempt(): AbortSignal {
    attempt.abort();
    attempt = new AbortController();
    return attempt.signal;
  }

  async function restoreOne(stored: StoredAccount, signal: AbortSignal): Promise<void> {
    const provider = providerById(stored.provider);
    const fields = provider && (await vault.recall(stored.key));
    // Unlocking a keyring takes its time: somebody may have signed in since.
    if (!provider || !fields || signal.aborted || opened.has(stored.key)) return;
    const { key, serverAddress } = stored;
    const next = open({ key, provider, serverAddress, fields, sample: null });
    opened.set(key, { ...next, account: { ...next.account, kept: true } });
  }

  async function signOut(key: string | null): Promise<Result<null>> {
    beginAttempt();
    if (key === null) return ok(null);
    const isReal = opened.get(key)?.account.demo !== true;
    const othersKept = [...opened.values()].some(({ account }) => account.key !== key && account.kept);
    if (isReal && !othersKept) settings.change({ keepSignedIn: false });
    const [forgotten] = await Promise.all([isReal ? keeper.forget(key) : ok(null), exit(key, null)]);
    return forgotten;
  }

  return {
    systems: () => providers.map(({ signIn }) => signIn),
    state,
    current: () => (current === null ? null : (opened.get(current)?.account ?? null)),
    byKey: (key) => opened.get(key)?.account ?? null,

    async signIn(input) {
      const signal = beginAttempt();
      const provider = providerById(input.provider);
      if (!provider) return failed(failure('bad-input', `no system ${input.provider}`));
      const address = provider.readAddress(input.serverAddress);
      if (!address.ok) return address;
      const imported = importedBy(provider.signIn, input.fields);
      if (!imported.ok) return imported;
      const name = provider.accountName(input.fields);
      const key = accountKey(input.provider, address.value, name);
      const filled = await fillInKept(provider, input.fields, known.get(key), vault);
      if (!filled.ok) return filled;
      if (signal.aborted) return failed(failure('cancelled', 'another sign-in began'));
      const fields = filled.value;
      const next = open({ key, provider, serverAddress: address.value, fields, sample: null });
      const entered = await tryToEnter(next, signal);
      if (!entered.ok) return entered;
      // Signed out again while the session before was being closed: nothing of this is to be remembered.
      if (opened.get(key)?.account.session !== next.account.session) return ok(state());
      known.put(provider, { key, name, serverAddress: address.value, fields, kept: false });
      settings.change({
        lastProvider: input.provider,
        lastAccountName: name,
        serverAddress: address.value === provider.signIn.defaultServerAddress ? null : address.value,
        keepSignedIn: input.keep,
      });
      await keeper.keep(key, input.keep);
      return ok(state());
    },

    cancelSignIn: () => void beginAttempt(),

    async startDemo(id = providers[0]?.signIn.provider ?? '') {
      const signal = beginAttempt();
      const provider = providerById(id);
      const sample = await provider?.startSample?.(options.clock);
      if (!provider || !sample) return failed(failure('bad-input', `no sample data for ${id}`));
      const { fields, serverAddress } = sample;
      return tryToEnter(open({ key: sampleKey(id), provider, serverAddress, fields, sample }), signal);
    },

    switchTo(key) {
      if (!opened.has(key)) return failed(failure('signed-out', 'nobody is signed in with this account'));
      makeCurrent(key);
      tell();
      return ok(state());
    },

    signOut: (key) => signOut(key ?? current),

    async forget(key) {
      const done = await signOut(key);
      known.remove(key);
      tell();
      return done;
    },

    async restore(which = () => true) {
      const signal = beginAttempt();
      const last = settings.get().currentAccount;
      for (const stored of known.all()) if (stored.kept && which(stored)) await restoreOne(stored, signal);
      if (opened.size === 0 || signal.aborted) return;
      makeCurrent(last !== null && opened.has(last) ? last : ([...opened.keys()].at(-1) ?? null));
      tell();
    },

    ...own,

    setKeep: (keep) => keeper.keepAll(keep),

    loseAccess(key, why) {
      if (opened.has(key)) void exit(key, why);
    },

    async close() {
      beginAttempt();
      await Promise.all([...opened.values()].map(leave));
    },
  };
}
