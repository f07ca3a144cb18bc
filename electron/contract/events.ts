/** Everything that the main process tells the renderer unasked. */
import type { AccountState } from './account.ts';
import type { DownloadChanges } from './download.ts';
import type { FolderCheckProgress } from './manifest.ts';
import type { FindProgress } from './report.ts';
import type { SettingsView } from './settings.ts';

export interface Events {
  'account.changed': AccountState;
  'reports.findProgress': FindProgress;
  'downloads.changed': DownloadChanges;
  /** A download ended, so a history that is on the screen is out of date. */
  'history.changed': null;
  'manifest.checkProgress': FolderCheckProgress;
  'settings.changed': SettingsView;
  /** The menu or a notification asks for a screen. */
  'desktop.goTo': 'find' | 'downloads' | 'history' | 'settings';
}

export type EventName = keyof Events;

export const eventNames = [
  'account.changed',
  'reports.findProgress',
  'downloads.changed',
  'history.changed',
  'manifest.checkProgress',
  'settings.changed',
  'desktop.goTo',
] as const satisfies readonly EventName[];

export const eventChannelOf = (name: EventName): string => `cdr:event.${name}`;
