import { type Icon, IconDownload, IconHistory, IconSearch, IconSettings } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Events } from '../../electron/contract/events.ts';
import { DownloadsPage } from '../features/downloads/downloads-page.tsx';
import { FindPage } from '../features/find/find-page.tsx';
import { HistoryPage } from '../features/history/history-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';

export type ScreenName = Events['desktop.goTo'];

interface Screen {
  readonly label: string;
  readonly icon: Icon;
  readonly page: ComponentType;
  /** Whether there is nothing to do on it while nobody is signed in. */
  readonly needsSignIn: boolean;
}

/** The screens, in the order of the navigation. */
export const screens: Record<ScreenName, Screen> = {
  find: { label: 'Find files', icon: IconSearch, page: FindPage, needsSignIn: true },
  downloads: { label: 'Downloads', icon: IconDownload, page: DownloadsPage, needsSignIn: false },
  history: { label: 'History', icon: IconHistory, page: HistoryPage, needsSignIn: false },
  settings: { label: 'Settings', icon: IconSettings, page: SettingsPage, needsSignIn: false },
};

export const screenNames: readonly ScreenName[] = ['find', 'downloads', 'history', 'settings'];

/** The screens of somebody who is not signed in. */
export const openScreens: readonly ScreenName[] = screenNames.filter((name) => !screens[name].needsSignIn);
