import { BrowserWindow, dialog } from 'electron';

/** Asks for a folder in the system's own dialog, over the window where there is one; null when nobody picked one. */
export async function askForFolder(current: string, buttonLabel: string): Promise<string | null> {
  const options = {
    defaultPath: current,
    properties: ['openDirectory' as const, 'createDirectory' as const],
    buttonLabel,
  };
  const window = BrowserWindow.getFocusedWindow();
  const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
