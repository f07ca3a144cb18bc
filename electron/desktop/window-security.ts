/** What no page of ours may do, whatever it holds. */
import type { Session, WebContents } from 'electron';
import { APP_ORIGIN } from '../ipc/trusted-sender.ts';

/** Refuses every permission, every request beyond the application's own files, every download by the page. */
export function closeSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = details.url.startsWith(`${APP_ORIGIN}/`) || details.url.startsWith('data:');
    answer({ cancel: !own && !details.url.startsWith('devtools:') });
  });
  session.on('will-download', (event) => event.preventDefault());
}

/** Keeps the window on the application's page: no navigation away, no new windows, no embedded pages. */
export function closeNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
