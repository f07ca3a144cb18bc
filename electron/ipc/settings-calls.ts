import type { AccountManager } from '../accounts/account-manager.ts';
import { ok, type Result } from '../contract/result.ts';
import type { SettingsChange, SettingsView } from '../contract/settings.ts';
import { readServerAddress } from '../network/server-address.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { AreaHandlers } from './serve-calls.ts';

export interface SettingsCallsOptions {
  readonly settings: SettingsStore;
  readonly accounts: Pick<AccountManager, 'setKeep' | 'ownerOfFolder' | 'changeOwn'>;
  view(): Promise<SettingsView>;
  /** Asks the person for a folder; null when they cancel. */
  askForFolder(current: string): Promise<string | null>;
}

export function settingsCalls(options: SettingsCallsOptions): AreaHandlers<'settings'> {
  const { settings, accounts } = options;

  /** The change with its address in normal form. An empty one means the documented address. */
  function readChange(change: SettingsChange): Result<SettingsChange> {
    if (change.serverAddress === undefined || change.serverAddress === null) return ok(change);
    if (change.serverAddress.trim() === '') return ok({ ...change, serverAddress: null });
    const address = readServerAddress(change.serverAddress);
    return address.ok ? ok({ ...change, serverAddress: address.value }) : address;
  }

  /** Has the person pick a folder in place of `current`. */
  async function choose(
    current: (view: SettingsView) => string,
    change: (folder: string) => Result<unknown>,
  ): Promise<Result<SettingsView>> {
    const folder = await options.askForFolder(current(await options.view()));
    const changed = folder === null ? ok(null) : change(folder);
    return changed.ok ? ok(await options.view()) : changed;
  }

  return {
    async get() {
      return ok(await options.view());
    },
    async change(change) {
      const read = readChange(change);
      if (!read.ok) return read;
      const changed = settings.change(read.value);
      if (!changed.ok) return changed;
      if (change.keepSignedIn !== undefined) {
        const kept = await accounts.setKeep(change.keepSignedIn);
        if (!kept.ok) return kept;
      }
      return ok(await options.view());
    },
    chooseFolder: () =>
      choose(
        ({ effectiveFolder }) => effectiveFolder,
        (folder) => {
          const owner = accounts.ownerOfFolder();
          return owner === null ? settings.change({ folder }) : accounts.changeOwn(owner, { folder });
        },
      ),
    chooseCommonFolder: () =>
      choose(
        ({ commonFolder }) => commonFolder,
        (folder) => settings.change({ folder }),
      ),
  };
}
