import type { AccountManager } from '../accounts/account-manager.ts';
import type { SettingsView } from '../contract/settings.ts';
import type { SecretVault } from '../credentials/secret-vault.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface SettingsViewOptions {
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly accounts: Pick<AccountManager, 'folder'>;
  readonly vault: Pick<SecretVault, 'available'>;
  /** Where files go until somebody has chosen. */
  readonly standardFolder: string;
  readonly defaultServerAddress: string;
}

/** The settings as the screens see them: with what they come to on this computer now. */
export function createSettingsView({ settings, accounts, vault, ...fixed }: SettingsViewOptions) {
  /** Where the files go of every account that has no folder of its own. */
  const commonFolder = () => settings.get().folder ?? fixed.standardFolder;
  return {
    commonFolder,
    view: async (): Promise<SettingsView> => ({
      canKeepPassword: await vault.available(),
      ...settings.get(),
      effectiveFolder: accounts.folder() ?? commonFolder(),
      commonFolder: commonFolder(),
      defaultServerAddress: fixed.defaultServerAddress,
    }),
  };
}
