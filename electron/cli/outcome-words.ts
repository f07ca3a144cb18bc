import type { Outcome } from '../contract/history.ts';
import type { FolderCheckResult } from '../contract/manifest.ts';

/** How a download ended. */
export const outcomeWords: Record<Outcome, string> = {
  verified: 'verified',
  unverified: 'no checksum',
  'already-there': 'already there',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** What a file of a folder is like, compared with the manifest. */
export const checkWords: Record<FolderCheckResult, string> = {
  same: 'same',
  changed: 'changed',
  missing: 'missing',
  unreadable: 'unreadable',
  extra: 'not in the manifest',
};
