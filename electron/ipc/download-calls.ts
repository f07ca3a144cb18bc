import { mkdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { AccountManager } from '../accounts/account-manager.ts';
import { toReference } from '../accounts/file-reference.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok } from '../contract/result.ts';
import type { DownloadManager } from '../downloads/download-manager.ts';
import type { Listings } from '../reports/listings.ts';
import type { AreaHandlers } from './serve-calls.ts';
import type { ShowInFolder } from './show-in-folder.ts';

export interface DownloadCallsOptions {
  readonly accounts: Pick<AccountManager, 'current'>;
  readonly listings: Pick<Listings, 'take'>;
  readonly downloads: DownloadManager;
  readonly showInFolder: ShowInFolder;
  /** Where files go as long as nobody has chosen a folder. */
  readonly standardFolder: string;
}

export function downloadCalls(options: DownloadCallsOptions): AreaHandlers<'downloads'> {
  const { accounts, listings, downloads } = options;
  return {
    list: () => ok(downloads.list()),
    async add({ listingId, fileIds, folder }) {
      const account = accounts.current();
      if (!account) return failed(failure('signed-out', 'nobody is signed in'));
      if (!isAbsolute(folder)) return failed(failure('bad-input', 'downloads.add: not a whole path'));
      const taken = listings.take(account.key, listingId, fileIds);
      if (!taken.ok) return taken;
      const references = taken.value.flatMap(({ file, question, title }) => {
        const reference = toReference(account, file, question, title);
        return reference ? [reference] : [];
      });
      // The standard folder may never have been made. One that a person chose and that is gone is theirs to bring
      // back: it may be on a drive that is not there. What goes wrong here is told with each file.
      if (folder === options.standardFolder) await mkdir(folder, { recursive: true }).catch(() => {});
      return ok(downloads.add(references, folder));
    },
    pause(which) {
      downloads.pause(which);
      return ok(null);
    },
    resume(which) {
      downloads.resume(which);
      return ok(null);
    },
    cancel(which) {
      downloads.cancel(which);
      return ok(null);
    },
    retry(which) {
      downloads.retry(which);
      return ok(null);
    },
    clearFinished() {
      downloads.clearFinished();
      return ok(null);
    },
    showInFolder: (id) => options.showInFolder(downloads.pathOf(id)),
  };
}
