/** "Check a folder": its files against the manifest that lies beside them. */

/** The manifest's name in its folder. */
export const MANIFEST_NAME = 'manifest.csv';

/**
 * `same`: size and checksums are those of the manifest. `changed`: they are not. `missing`: no file of that name.
 * `unreadable`: it could not be read. `extra`: a file that the manifest does not name.
 */
export type FolderCheckResult = 'same' | 'changed' | 'missing' | 'unreadable' | 'extra';

export interface CheckedFile {
  readonly name: string;
  readonly result: FolderCheckResult;
  /** Bytes, as the manifest says and as they are now; null where there is nothing to say. */
  readonly sizeExpected: number | null;
  readonly size: number | null;
}

export interface FolderCheck {
  readonly folder: string;
  readonly count: Readonly<Record<FolderCheckResult, number>>;
  /** In the order of the names. Files that are the same are counted only. */
  readonly differences: readonly CheckedFile[];
}

export interface FolderCheckProgress {
  readonly checkId: string;
  readonly files: number;
  readonly filesInAll: number;
  readonly bytes: number;
  readonly bytesInAll: number;
}
