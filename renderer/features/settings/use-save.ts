import { useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Result } from '../../../electron/contract/result.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { createSettingsStore } from '../../bridge/settings-store.ts';

const SHOWN_MS = 4000;

const sameSettings = (a: SettingsView | null, b: SettingsView): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Saves one field: says that it is saved for a few seconds, or why it could not be. */
export function useSave() {
  const store = useSharedStore(createSettingsStore);
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { start } = useTimeout(() => setSaved(false), SHOWN_MS);
  const save = async (change: () => Promise<Result<SettingsView>>) => {
    const before = store.getState().value;
    const result = await change();
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return setSaved(false);
    store.getState().accept(result.value);
    if (sameSettings(before, result.value)) return;
    setSaved(true);
    start();
  };
  return { save, saved, failure };
}
