/** What running downloads know of names: which of them they have chosen, so that no two choose the same one. */
import { foldText } from '../lib/fold-text.ts';

export interface NameClaims {
  /** Whether a download has chosen a name in this folder that folds to `folded`. */
  isClaimed(folder: string, folded: string): boolean;
  /** Claims a name for a download; it lets go of the one that it had. */
  claim(id: number, folder: string, name: string): void;
  /** Notes that a download has just found nothing on the disk under this name; the last such name counts. */
  sawFree(id: number, folder: string, name: string): void;
  /** Whether that was this name. */
  hasSeenFree(id: number, folder: string, name: string): boolean;
  /** To be called when the name is in the records or no longer wanted. */
  release(id: number): void;
}

export function createNameClaims(): NameClaims {
  const ofDownload = new Map<number, string>();
  const claimed = new Set<string>();
  const seenFree = new Map<number, string>();
  const keyOf = (folder: string, folded: string) => `${folder}\n${folded}`;

  function release(id: number): void {
    seenFree.delete(id);
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
    sawFree: (id, folder, name) => void seenFree.set(id, keyOf(folder, name)),
    hasSeenFree: (id, folder, name) => seenFree.get(id) === keyOf(folder, name),
    release,
  };
}
