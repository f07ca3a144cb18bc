import { app, dialog } from 'electron';
import { explainStartFailure } from './start-failure.ts';

/** Says in a window of its own why the application can't start, and ends it. `folder`: where its records are. */
export function explainAndQuit(error: unknown, folder: string): void {
  const { headline, text } = explainStartFailure(error, folder);
  dialog.showErrorBox(headline, text);
  app.exit(1);
}
