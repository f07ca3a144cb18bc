import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Events } from '../contract/events.ts';

/** The menu: what the platform expects, and the four screens with shortcuts. */
export function setAppMenu(options: {
  readonly appName: string;
  readonly isMac: boolean;
  readonly goTo: (screen: Events['desktop.goTo']) => void;
}): void {
  const screens: MenuItemConstructorOptions[] = [
    { label: 'Find files', accelerator: 'CmdOrCtrl+1', click: () => options.goTo('find') },
    { label: 'Downloads', accelerator: 'CmdOrCtrl+2', click: () => options.goTo('downloads') },
    { label: 'History', accelerator: 'CmdOrCtrl+3', click: () => options.goTo('history') },
    { label: 'Settings', accelerator: 'CmdOrCtrl+,', click: () => options.goTo('settings') },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(options.isMac ? [{ role: 'appMenu', label: options.appName } as const] : []),
      { label: 'File', submenu: [options.isMac ? { role: 'close' } : { role: 'quit' }] },
      { role: 'editMenu' },
      { label: 'Go', submenu: screens },
      { label: 'View', submenu: view },
      { role: 'windowMenu' },
    ]),
  );
}
