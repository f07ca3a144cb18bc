import { BrowserWindow, Notification } from 'electron';

/** Tells a person who is looking elsewhere; says nothing over a window of ours that is in front. */
export function createNotify(options: {
  readonly title: string;
  readonly onClick: () => void;
}): (sentence: string) => void {
  /** The one that is shown: one that nobody holds would not hear that it was clicked. */
  let shown: Notification | null = null;
  return (sentence) => {
    if (BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return;
    shown?.close();
    shown = new Notification({ title: options.title, body: sentence });
    shown.on('click', options.onClick);
    shown.show();
  };
}
