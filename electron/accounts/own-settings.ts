/** What a person sets for one account alone: where its files go, and how many at a time. */
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { OwnSettings, OwnSettingsChange } from '../contract/settings.ts';
import type { KnownAccounts } from './known-accounts.ts';

export interface OwnSettingsKeeper {
  /** Those of an account; sample data has none. */
  ownOf(key: string): OwnSettings;
  /**
   * Changes what is named, whether the account is signed in or not. Failures: `bad-input` for an account that is not
   * on the list, `disk-error` when it could not be saved.
   */
  changeOwn(key: string, change: OwnSettingsChange): Result<null>;
  /** Where the files of the current account go; null: where the settings say. */
  folder(): string | null;
  /**
   * The account whose own folder is meant when somebody picks one for the current account. Null where there is only one
   * account: then the settings say.
   */
  ownerOfFolder(): string | null;
}

export interface OwnSettingsOptions {
  readonly known: Pick<KnownAccounts, 'all' | 'get' | 'setOwn'>;
  /** The key of the account that the screens are about. */
  readonly current: () => string | null;
  readonly onChange: () => void;
}

export function createOwnSettings({ known, current, onChange }: OwnSettingsOptions): OwnSettingsKeeper {
  const currentOne = () => {
    const key = current();
    return key === null ? null : known.get(key);
  };

  return {
    ownOf(key) {
      const { folder = null, filesAtOnce = null } = known.get(key) ?? {};
      return { folder, filesAtOnce };
    },
    changeOwn(key, change) {
      const account = known.get(key);
      if (!account) return failed(failure('bad-input', 'no such account'));
      const { folder = account.folder, filesAtOnce = account.filesAtOnce } = change;
      const changed = known.setOwn(key, { folder, filesAtOnce });
      if (!changed.ok) return changed;
      onChange();
      return ok(null);
    },
    folder: () => currentOne()?.folder ?? null,
    ownerOfFolder() {
      const account = currentOne();
      const isItsOwn = account !== null && (account.folder !== null || known.all().length > 1);
      return isItsOwn ? account.key : null;
    },
  };
}
