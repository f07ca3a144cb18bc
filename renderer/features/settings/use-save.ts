import { useDebouncedCallback, useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Result } from '../../../electron/contract/result.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { createSettingsStore } from '../../bridge/settings-store.ts';

const SHOWN_MS = 4000;
const PAUSE_IN_TYPING_MS = 400;

type Change = () => Promise<Result<SettingsView>>;

const sameSettings = (a: SettingsView | null, b: SettingsView): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * Saves one field: says that it is saved for a few seconds, or why it could not be. `saveSoon` waits for a pause in
 * typing; what was typed last is saved also when the screen is left, and is forgotten when `save` comes first.
 */
export function useSave() {
  const store = useSharedStore(createSettingsStore);
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { start } = useTimeout(() => setSaved(false), SHOWN_MS);
  const send = async (change: Change) => {
    const before = store.getState().value;
    const result = await change();
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return setSaved(false);
    store.getState().accept(result.value);
    if (sameSettings(before, result.value)) return;
    setSaved(true);
    start();
  };
  const saveSoon = useDebouncedCallback((change: Change) => void send(change), {
    delay: PAUSE_IN_TYPING_MS,
    flushOnUnmount: true,
  });
  const save = (change: Change) => {
    saveSoon.cancel();
    return send(change);
  };
  return { save, saveSoon, saved, failure };
}
