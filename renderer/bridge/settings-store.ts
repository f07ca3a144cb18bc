import type { Bridge } from '../../electron/contract/bridge.ts';
import { createMirror } from './mirror.ts';

/** The settings as they are now. */
export const createSettingsStore = (cdr: Bridge) =>
  createMirror(
    (listener) => cdr.on('settings.changed', listener),
    () => cdr.settings.get(),
  );
