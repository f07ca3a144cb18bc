import type { AccountManager } from '../accounts/account-manager.ts';
import { toReference } from '../accounts/file-reference.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok } from '../contract/result.ts';
import type { DownloadManager } from '../downloads/download-manager.ts';
import type { Listings } from '../reports/listings.ts';
import type { AreaHandlers } from './serve-calls.ts';
import type { ShowInFolder } from './show-in-folder.ts';

export interface DownloadCallsOptions {
  readonly accounts: AccountManager;
  readonly listings: Listings;
  readonly downloads: DownloadManager;
  readonly showInFolder: ShowInFolder;
}

export function downloadCalls(options: DownloadCallsOptions): AreaHandlers<'downloads'> {
  const { accounts, listings, downloads } = options;
  return {
    list: () => ok(downloads.list()),
    add({ listingId, fileIds, folder }) {
      const account = accounts.current();
      if (!account) return failed(failure('signed-out', 'nobody is signed in'));
      const taken = listings.take(listingId, fileIds);
      if (!taken.ok) return taken;
      const references = taken.value.flatMap(({ file, question }) => {
        const reference = toReference(account, file, question);
        return reference ? [reference] : [];
      });
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
