import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createSettings, type SettingsStore } from '../settings/settings-store.ts';

const fileSchema = z.record(z.string(), z.unknown());

/**
 * The settings of a data folder as they are now. Changes stay in memory: whoever signs in on the command line is not
 * who uses the window.
 */
export function readSettings(dataFolder: string): SettingsStore {
  const stored = new Map(Object.entries(readFile(join(dataFolder, 'settings.json'))));
  return createSettings({
    store: { get: (key) => stored.get(key), set: (key, value) => void stored.set(key, value) },
  });
}

/** What can't be read counts as not being there, as it does for the application. */
function readFile(path: string): Record<string, unknown> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}
