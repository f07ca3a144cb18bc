import { useDebouncedCallback, useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { createAccountStore } from '../../bridge/account-store.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import type { Mirror } from '../../bridge/mirror.ts';
import { createSettingsStore } from '../../bridge/settings-store.ts';

const SHOWN_MS = 4000;
const PAUSE_IN_TYPING_MS = 400;

type Change<T> = () => Promise<Result<T>>;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Saves one field: says that it is saved for a few seconds, or why it could not be. `saveSoon` waits for a pause in
 * typing; what was typed last is saved also when the screen is left, and is forgotten when `save` comes first.
 */
function useSaveIn<T>(store: StoreApi<Mirror<T>>) {
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { start } = useTimeout(() => setSaved(false), SHOWN_MS);
  const send = async (change: Change<T>) => {
    const before = store.getState().value;
    const result = await change();
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return setSaved(false);
    store.getState().accept(result.value);
    if (isSame(before, result.value)) return;
    setSaved(true);
    start();
  };
  const saveSoon = useDebouncedCallback((change: Change<T>) => void send(change), {
    delay: PAUSE_IN_TYPING_MS,
    flushOnUnmount: true,
  });
  const save = (change: Change<T>) => {
    saveSoon.cancel();
    return send(change);
  };
  return { save, saveSoon, saved, failure };
}

/** Saves a field of the settings. */
export const useSave = () => useSaveIn(useSharedStore(createSettingsStore));

/** Saves a field of one account. */
export const useSaveAccount = () => useSaveIn(useSharedStore(createAccountStore));
