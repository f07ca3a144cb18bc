/** The accounts that this computer knows, in the order in which they were added. Nothing secret. */
import type { Result } from '../contract/result.ts';
import type { OwnSettings, Settings, StoredAccount } from '../contract/settings.ts';
import type { Provider } from '../providers/provider.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { accountKey } from './account.ts';

export interface KnownAccounts {
  all(): readonly StoredAccount[];
  get(key: string): StoredAccount | null;
  /** Adds it, or replaces what is known of it. Secrets are left out. */
  put(
    provider: Provider,
    account: Pick<StoredAccount, 'key' | 'name' | 'serverAddress' | 'fields' | 'kept'>,
  ): void;
  setKept(key: string, kept: boolean): void;
  /** Failure `disk-error`: it could not be saved, and nothing has changed. */
  setOwn(key: string, own: Partial<OwnSettings>): Result<Settings>;
  remove(key: string): void;
}

export function createKnownAccounts(
  settings: Pick<SettingsStore, 'get' | 'change'>,
  providers: readonly Provider[],
): KnownAccounts {
  const all = () => settings.get().accounts;
  const change = (accounts: readonly StoredAccount[]) => settings.change({ accounts: [...accounts] });
  const changeOne = (key: string, part: Partial<StoredAccount>) =>
    change(all().map((one) => (one.key === key ? { ...one, ...part } : one)));
  takeOver(settings, providers);

  return {
    all,
    get: (key) => all().find((one) => one.key === key) ?? null,
    put(provider, { key, name, serverAddress, fields, kept }) {
      const secrets = new Set(provider.signIn.fields.filter(({ secret }) => secret).map(({ id }) => id));
      const open = Object.fromEntries(Object.entries(fields).filter(([id]) => !secrets.has(id)));
      const before = all();
      const same = before.find((one) => one.key === key);
      const account: StoredAccount = {
        key,
        provider: provider.signIn.provider,
        name,
        serverAddress,
        fields: open,
        folder: same?.folder ?? null,
        filesAtOnce: same?.filesAtOnce ?? null,
        kept,
      };
      change(same ? before.map((one) => (one.key === key ? account : one)) : [...before, account]);
    },
    setKept: (key, kept) => void changeOne(key, { kept }),
    setOwn: changeOne,
    remove: (key) => void change(all().filter((one) => one.key !== key)),
  };
}

/** An older version knew one account only, by the last sign-in. */
function takeOver(settings: Pick<SettingsStore, 'get' | 'change'>, providers: readonly Provider[]): void {
  const { accounts, keepSignedIn, lastProvider, lastAccountName: name, serverAddress } = settings.get();
  const provider = providers.find((one) => one.signIn.provider === lastProvider);
  if (accounts.length > 0 || !keepSignedIn || !provider || name === null) return;
  const address = provider.readAddress(serverAddress ?? provider.signIn.defaultServerAddress);
  if (!address.ok) return;
  const key = accountKey(provider.signIn.provider, address.value, name);
  const known = { key, provider: provider.signIn.provider, name, serverAddress: address.value };
  const account = { ...known, fields: {}, folder: null, filesAtOnce: null, kept: true };
  settings.change({ accounts: [account], currentAccount: key });
}
