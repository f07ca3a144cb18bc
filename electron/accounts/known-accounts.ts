/** The accounts that this computer knows, in the order in which they were added. Nothing secret. */
import type { StoredAccount } from '../contract/settings.ts';
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
  setFolder(key: string, folder: string): void;
  remove(key: string): void;
}

export function createKnownAccounts(
  settings: Pick<SettingsStore, 'get' | 'change'>,
  providers: readonly Provider[],
): KnownAccounts {
  const all = () => settings.get().accounts;
  const change = (accounts: readonly StoredAccount[]) => void settings.change({ accounts: [...accounts] });
  const changeOne = (key: string, part: Partial<StoredAccount>) =>
    change(all().map((one) => (one.key === key ? { ...one, ...part } : one)));
  takeOver(settings, providers);

  return {
    all,
    get: (key) => all().find((one) => one.key === key) ?? null,
    put(provider, { key, name, serverAddress, fields, kept }) {
      const secrets = new Set(provider.signIn.fields.filter(({ secret }) => secret).map(({ id }) => id));
      const open = Object.fromEntries(Object.entries(fields).filter(([id]) => !secrets.has(id)));
      const account: StoredAccount = {
        key,
        provider: provider.signIn.provider,
        name,
        serverAddress,
        fields: open,
        folder: all().find((one) => one.key === key)?.folder ?? null,
        kept,
      };
      const before = all();
      const isKnown = before.some((one) => one.key === key);
      change(isKnown ? before.map((one) => (one.key === key ? account : one)) : [...before, account]);
    },
    setKept: (key, kept) => changeOne(key, { kept }),
    setFolder: (key, folder) => changeOne(key, { folder }),
    remove: (key) => change(all().filter((one) => one.key !== key)),
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
  settings.change({ accounts: [{ ...known, fields: {}, folder: null, kept: true }], currentAccount: key });
}
