import { z } from 'zod';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { type Settings, settingsSchema } from '../contract/settings.ts';
import { errorCode } from '../lib/error-code.ts';

/** Where settings are written: the part of an electron-store that is needed. */
export interface KeyValueStore {
  get(key: string): unknown;
  /** Throws when it cannot be written. */
  set(key: string, value: unknown): void;
}

export type SettingsPatch = { readonly [K in keyof Settings]?: Settings[K] | undefined };

export interface SettingsStore {
  get(): Settings;
  /** Changes what the patch names. Failure `disk-error`: it could not be saved, and nothing has changed. */
  change(patch: SettingsPatch): Result<Settings>;
  /** Calls `listener` after each change of a value; the answer unsubscribes. */
  onChange(listener: (settings: Settings) => void): () => void;
}

const KEY = 'settings';

/** Reads field by field: a value that is missing, of an older version or broken becomes its default, alone. */
function readSettings(stored: unknown): Settings {
  const parsed = z.record(z.string(), z.unknown()).safeParse(stored);
  const values = parsed.success ? parsed.data : {};
  const sound = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const field = schema.safeParse(values[name]);
    return field.success ? [[name, field.data]] : [];
  });
  return settingsSchema.parse(Object.fromEntries(sound));
}

export function createSettings({ store }: { readonly store: KeyValueStore }): SettingsStore {
  let settings = readSettings(store.get(KEY));
  const listeners = new Set<(settings: Settings) => void>();

  return {
    get: () => settings,

    change(patch) {
      const named = Object.entries(patch).filter(([, value]) => value !== undefined);
      const next = settingsSchema.parse({ ...settings, ...Object.fromEntries(named) });
      if (JSON.stringify(next) === JSON.stringify(settings)) return ok(settings);
      try {
        store.set(KEY, next);
      } catch (error) {
        return failed(failure('disk-error', `settings: ${errorCode(error)}`));
      }
      settings = next;
      for (const listener of [...listeners]) listener(settings);
      return ok(settings);
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
