import { useMemo } from 'react';
import type { HistoryEntry } from '../../../electron/contract/history.ts';
import { useCdr, useSharedStore } from '../../bridge/cdr-context.tsx';
import { notifyDone, notifyFailure, notifyTone, orNotify } from '../../ui/notify.tsx';
import { checkWords } from '../../words/outcome-text.ts';
import { createHistoryStore } from './history-store.ts';

export interface HistoryActions {
  readonly showInFolder: (entry: HistoryEntry) => void;
  readonly downloadAgain: (entry: HistoryEntry) => void;
  readonly checkAgain: (entry: HistoryEntry) => void;
}

/** True where a file was left on the disk, so that there is something to show and to check. */
export const leftFile = ({ outcome }: HistoryEntry): boolean =>
  outcome === 'verified' || outcome === 'unverified' || outcome === 'already-there';

/** What can be done with an entry of the history; each says how it went. */
export function useHistoryActions(): HistoryActions {
  const cdr = useCdr();
  const store = useSharedStore(createHistoryStore);
  return useMemo(
    () => ({
      showInFolder: ({ id }) => void orNotify(cdr.history.showInFolder(id)),
      downloadAgain: async ({ id, name }) => {
        const answer = await cdr.history.downloadAgain(id);
        if (answer.ok) notifyDone(`${name} is in the queue again. See Downloads.`);
        else notifyFailure(answer.failure);
      },
      checkAgain: async ({ id, name }) => {
        const result = await orNotify(store.getState().checkAgain(id));
        if (result !== null) notifyTone(checkWords[result].tone, name, checkWords[result].sentence);
      },
    }),
    [cdr, store],
  );
}
