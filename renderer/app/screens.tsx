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
}

/** The screens, in the order of the navigation. */
export const screens: Record<ScreenName, Screen> = {
  find: { label: 'Find files', icon: IconSearch, page: FindPage },
  downloads: { label: 'Downloads', icon: IconDownload, page: DownloadsPage },
  history: { label: 'History', icon: IconHistory, page: HistoryPage },
  settings: { label: 'Settings', icon: IconSettings, page: SettingsPage },
};

export const screenNames: readonly ScreenName[] = ['find', 'downloads', 'history', 'settings'];
