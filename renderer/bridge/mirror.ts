import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../electron/contract/failure.ts';
import type { Result } from '../../electron/contract/result.ts';

/** A value that lives in the main process, as far as it is known here. A known value outlives a failed reload. */
export interface Mirror<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly loading: boolean;
  /** Asks for the value again. */
  reload(): Promise<void>;
  /** Takes a value that came as the answer to a change. */
  accept(value: T): void;
}

/**
 * Mirrors a value that is sent as a whole with every change. Subscribes first and loads second, so that no change
 * falls between; an answer that was overtaken by a newer value is dropped.
 */
export function createMirror<T>(
  subscribe: (listener: (value: T) => void) => () => void,
  load: () => Promise<Result<T>>,
): StoreApi<Mirror<T>> {
  let newest = 0;
  const store = createStore<Mirror<T>>((set) => ({
    value: null,
    failure: null,
    loading: true,
    accept(value) {
      newest += 1;
      set({ value, failure: null, loading: false });
    },
    async reload() {
      newest += 1;
      const mine = newest;
      set({ loading: true });
      const answer = await load();
      if (mine !== newest) return;
      if (answer.ok) set({ value: answer.value, failure: null, loading: false });
      else set({ failure: answer.failure, loading: false });
    },
  }));
  subscribe((value) => store.getState().accept(value));
  void store.getState().reload();
  return store;
}
