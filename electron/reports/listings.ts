import { randomUUID } from 'node:crypto';
import { failure } from '../contract/failure.ts';
import type { FoundFile, FoundFiles } from '../contract/report.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Found, FoundEntry } from './find-report.ts';

/** What was found, kept for the downloads that follow. In memory only: links get old. */
export interface Listings {
  /** Keeps it under an id of its own. Answers with what may be shown: no links, no questions. */
  keep(found: Found): FoundFiles;
  /**
   * The files of a kept listing, in the order of `fileIds`. Failure `listing-gone` when it is no longer kept,
   * `bad-input` when one of the ids is not in it.
   */
  take(listingId: string, fileIds: readonly string[]): Result<FoundEntry[]>;
  /** Forgets everything, such as when somebody else signs in. */
  clear(): void;
}

/** Keeps the newest `most` listings. */
export function createListings({ most }: { readonly most: number }): Listings {
  /** Oldest first. */
  const kept = new Map<string, ReadonlyMap<string, FoundEntry>>();

  return {
    keep({ entries, ...found }) {
      const listingId = randomUUID();
      kept.set(listingId, new Map(entries.map((entry) => [entry.file.id, entry])));
      for (const oldest of [...kept.keys()].slice(0, -most)) kept.delete(oldest);
      return { ...found, listingId, files: entries.map(({ file }) => toShow(file)) };
    },

    take(listingId, fileIds) {
      const listing = kept.get(listingId);
      if (!listing) return failed(failure('listing-gone', 'the listing is no longer kept'));
      const entries: FoundEntry[] = [];
      for (const id of fileIds) {
        const entry = listing.get(id);
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
  site: file.site,
  attempts: file.attempts,
  downloadable: file.downloadable,
});
