import { randomUUID } from 'node:crypto';
import { failure } from '../contract/failure.ts';
import type { FoundFile, FoundFiles } from '../contract/report.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { inSlices } from '../lib/in-slices.ts';
import type { Found, FoundEntry } from './find-report.ts';

/** What was found, kept for the downloads that follow. In memory only: links get old. */
export interface Listings {
  /**
   * Keeps what this account found, under an id of its own. Answers with what may be shown: no links, no questions.
   */
  keep(accountKey: string, found: Found): Promise<FoundFiles>;
  /**
   * The files of a kept listing, in the order of `fileIds`. Failure `listing-gone` when it is no longer kept, or is
   * another account's, whose links are not for this one; `bad-input` when one of the ids is not in it.
   */
  take(accountKey: string, listingId: string, fileIds: readonly string[]): Result<FoundEntry[]>;
  /** Forgets everything. */
  clear(): void;
}

interface Kept {
  readonly accountKey: string;
  readonly entries: ReadonlyMap<string, FoundEntry>;
}

const ENTRIES_AT_ONCE = 20_000;

/** Listings without a file take room as well. */
const roomOf = ({ entries }: Kept): number => entries.size + 1;

/** Keeps the newest listings: as many as hold about `mostFiles` together, and the very newest whatever its size. */
export function createListings({ mostFiles }: { readonly mostFiles: number }): Listings {
  /** Oldest first. */
  const kept = new Map<string, Kept>();

  function dropOldest(newestId: string): void {
    let room = 0;
    for (const listing of kept.values()) room += roomOf(listing);
    for (const [id, listing] of kept) {
      if (room <= mostFiles || id === newestId) return;
      kept.delete(id);
      room -= roomOf(listing);
    }
  }

  return {
    async keep(accountKey, { entries, ...found }) {
      const listingId = randomUUID();
      const byId = new Map<string, FoundEntry>();
      const files: FoundFile[] = [];
      await inSlices(entries, ENTRIES_AT_ONCE, (slice) => {
        for (const entry of slice) {
          byId.set(entry.file.id, entry);
          files.push(toShow(entry.file));
        }
      });
      kept.set(listingId, { accountKey, entries: byId });
      dropOldest(listingId);
      return { ...found, listingId, files };
    },

    take(accountKey, listingId, fileIds) {
      const listing = kept.get(listingId);
      if (listing?.accountKey !== accountKey)
        return failed(failure('listing-gone', 'the listing is no longer kept'));
      const entries: FoundEntry[] = [];
      for (const id of fileIds) {
        const entry = listing.entries.get(id);
        if (!entry) return failed(failure('bad-input', 'a file that is not in the listing'));
        entries.push(entry);
      }
      return ok(entries);
    },

    clear: () => kept.clear(),
  };
}

/** Named one by one, so that nothing that a file has besides is shown by accident. */
const toShow = (file: FoundFile): FoundFile => ({
  id: file.id,
  name: file.name,
  size: file.size,
  md5: file.md5,
  createdOn: file.createdOn,
  expiresOn: file.expiresOn,
  nameDate: file.nameDate,
  ...(file.span && { span: { from: file.span.from, to: file.span.to } }),
  site: file.site,
  attempts: file.attempts,
  downloadable: file.downloadable,
  ...(file.makingMs !== undefined && { makingMs: file.makingMs }),
});
