import { createStore } from 'zustand/vanilla';

export interface Again {
  /** The key of the account to sign in with again; null: the sign-in screen is for a new one. */
  readonly key: string | null;
}

/** What the sign-in screen is for, when it is opened beside accounts that are signed in. */
export const createAgainStore = () => createStore<Again>(() => ({ key: null }));
