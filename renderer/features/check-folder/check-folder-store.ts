import { createStore } from 'zustand/vanilla';
import type { Bridge } from '../../../electron/contract/bridge.ts';
import type { FolderCheck, FolderCheckProgress } from '../../../electron/contract/manifest.ts';
import type { Result } from '../../../electron/contract/result.ts';

/** A check that was asked for and has not ended. */
interface Checking {
  readonly checkId: string;
  /** Null while the person chooses the folder. */
  readonly progress: FolderCheckProgress | null;
}

export interface CheckFolderState {
  readonly checking: Checking | null;
  /** How the last check ended. It stays while a folder for the next one is chosen. */
  readonly outcome: Result<FolderCheck> | null;
  /** Lets the person choose a folder, and checks it. Does nothing while another check is on its way. */
  check(): Promise<void>;
  /** Stops the check that runs. Takes effect here at once, whenever the main process answers. */
  cancel(): void;
  /** Puts the outcome away. */
  close(): void;
}

/** "Check a folder", from the choice of the folder to the outcome. */
export function createCheckFolderStore(cdr: Bridge, newId: () => string = () => crypto.randomUUID()) {
  const store = createStore<CheckFolderState>((set, get) => ({
    checking: null,
    outcome: null,

    async check() {
      if (get().checking !== null) return;
      const checkId = newId();
      set({ checking: { checkId, progress: null } });
      const answer = await cdr.manifest.checkFolder({ checkId });
      if (get().checking?.checkId !== checkId) return;
      set({ checking: null });
      if (!answer.ok) set({ outcome: answer.failure.code === 'cancelled' ? null : answer });
      else if (answer.value !== null) set({ outcome: { ok: true, value: answer.value } });
    },

    cancel() {
      const { checking } = get();
      set({ checking: null, outcome: null });
      if (checking !== null) void cdr.manifest.cancelCheck({ checkId: checking.checkId });
    },

    close() {
      set({ outcome: null });
    },
  }));
  cdr.on('manifest.checkProgress', (progress) => {
    const { checking } = store.getState();
    if (checking?.checkId !== progress.checkId) return;
    store.setState({ checking: { checkId: checking.checkId, progress }, outcome: null });
  });
  return store;
}
