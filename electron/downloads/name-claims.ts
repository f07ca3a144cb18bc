/** Names that running downloads have chosen, so that two of them never choose the same one. */
import { foldText } from '../lib/fold-text.ts';

export interface NameClaims {
  /** Whether a download has chosen a name in this folder that folds to `folded`. */
  isClaimed(folder: string, folded: string): boolean;
  /** Claims a name for a download; it lets go of the one that it had. */
  claim(id: number, folder: string, name: string): void;
  /** To be called when the name is in the records or no longer wanted. */
  release(id: number): void;
}

export function createNameClaims(): NameClaims {
  const ofDownload = new Map<number, string>();
  const claimed = new Set<string>();
  const keyOf = (folder: string, folded: string) => `${folder}\n${folded}`;

  function release(id: number): void {
    const key = ofDownload.get(id);
    if (key === undefined) return;
    ofDownload.delete(id);
    claimed.delete(key);
  }

  return {
    isClaimed: (folder, folded) => claimed.has(keyOf(folder, folded)),
    claim(id, folder, name) {
      release(id);
      const key = keyOf(folder, foldText(name));
      ofDownload.set(id, key);
      claimed.add(key);
    },
    release,
  };
}
