import type { App } from 'electron';

/** Lets `finish` bring the work to a safe end before the application goes. */
export function quitInOrder(app: App, finish: () => Promise<void>): void {
  let finishing = false;
  let finished = false;
  app.on('before-quit', (event) => {
    if (finished) return;
    event.preventDefault();
    if (finishing) return;
    finishing = true;
    void finish().finally(() => {
      finished = true;
      app.quit();
    });
  });
}
