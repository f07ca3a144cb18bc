import { mkdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { AccountManager } from '../accounts/account-manager.ts';
import { toReference } from '../accounts/file-reference.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok } from '../contract/result.ts';
import type { DownloadManager } from '../downloads/download-manager.ts';
import type { FileReference } from '../history/file-reference.ts';
import { inSlices } from '../lib/in-slices.ts';
import type { Listings } from '../reports/listings.ts';
import type { AreaHandlers } from './serve-calls.ts';
import type { ShowInFolder } from './show-in-folder.ts';

export interface DownloadCallsOptions {
  readonly accounts: Pick<AccountManager, 'current'>;
  readonly listings: Pick<Listings, 'take'>;
  readonly downloads: DownloadManager;
  /** Whether each download leaves a manifest beside its files. */
  readonly leaveManifest: () => boolean;
  readonly showInFolder: ShowInFolder;
  /** Where files go as long as nobody has chosen a folder. */
  readonly standardFolder: string;
}

const ENTRIES_AT_ONCE = 5000;

export function downloadCalls(options: DownloadCallsOptions): AreaHandlers<'downloads'> {
  const { accounts, listings, downloads } = options;
  return {
    list: ({ after }) => ok(downloads.list(after)),
    async add({ listingId, fileIds, folder }) {
      const account = accounts.current();
      if (!account) return failed(failure('signed-out', 'nobody is signed in'));
      if (!isAbsolute(folder)) return failed(failure('bad-input', 'downloads.add: not a whole path'));
      const taken = listings.take(account.key, listingId, fileIds);
      if (!taken.ok) return taken;
      const references: FileReference[] = [];
      await inSlices(taken.value, ENTRIES_AT_ONCE, (slice) => {
        for (const entry of slice) {
          const reference = toReference(account, entry);
          if (reference) references.push(reference);
        }
      });
      // The standard folder may never have been made. One that a person chose and that is gone is theirs to bring
      // back: it may be on a drive that is not there. What goes wrong here is told with each file.
      if (folder === options.standardFolder) await mkdir(folder, { recursive: true }).catch(() => {});
      const result = await downloads.add(references, folder, { manifest: options.leaveManifest() });
      if (!result.ok) return result;
      const { added, alreadyQueued } = result.value;
      return ok({ added, alreadyQueued });
    },
    async pause(which) {
      await downloads.pause(which);
      return ok(null);
    },
    async resume(which) {
      await downloads.resume(which);
      return ok(null);
    },
    async cancel(which) {
      await downloads.cancel(which);
      return ok(null);
    },
    async retry(which) {
      await downloads.retry(which);
      return ok(null);
    },
    async startNow(which) {
      await downloads.startNow(which);
      return ok(null);
    },
    async clearFinished() {
      await downloads.clearFinished();
      return ok(null);
    },
    showInFolder: (id) => options.showInFolder(downloads.pathOf(id)),
  };
}
