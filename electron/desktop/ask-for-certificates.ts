import { BrowserWindow, dialog } from 'electron';

/** Asks for a file with certificates in the system's own dialog; null when nobody picked one. */
export async function askForCertificates(): Promise<string | null> {
  const options = {
    properties: ['openFile' as const],
    filters: [
      { name: 'Certificates', extensions: ['pem', 'crt', 'cer', 'der'] },
      { name: 'All files', extensions: ['*'] },
    ],
    buttonLabel: 'Choose',
  };
  const window = BrowserWindow.getFocusedWindow();
  const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
