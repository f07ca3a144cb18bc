import { app } from 'electron';
import { openMainWindow, showMainWindow } from './main-window.ts';

/**
 * Keeps the application to its one window, whoever asks for it, and ends it with that one where the platform expects so.
 * Answers with what brings it to the front, or opens it.
 */
export function keepOneWindow(options: Parameters<typeof openMainWindow>[0]): () => void {
  const show = () => void showMainWindow(() => openMainWindow(options));
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  return show;
}
