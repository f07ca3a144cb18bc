/** The command line in the packaged application: no window, and the account that is kept there. */
import { app, safeStorage, session } from 'electron';
import ElectronStore from 'electron-store';
import { exitCodes } from './cli/exit-code.ts';
import type { ThreadFiles } from './cli/run-here.ts';
import { createSecretVault } from './credentials/secret-vault.ts';

export interface PackagedCli {
  readonly args: readonly string[];
  /** The application's own data folder. */
  readonly folder: string;
  readonly threads: ThreadFiles;
}

/** Runs the command line and ends the application with its exit code. */
export async function runPackagedCli({ args, folder, threads }: PackagedCli): Promise<void> {
  // Whoever wants the window does not wait for this to be loaded.
  const { runHere } = await import('./cli/run-here.ts');
  app.dock?.hide();
  const exitCode = await runHere({
    args,
    version: app.getVersion(),
    dataFolder: folder,
    threads,
    async openVault(dataFolder) {
      await app.whenReady();
      const store = new ElectronStore({ name: 'secrets', cwd: dataFolder, clearInvalidConfig: true });
      return createSecretVault({ safeStorage, store, platform: process.platform });
    },
    async proxyFor(url) {
      await app.whenReady();
      return session.defaultSession.resolveProxy(url);
    },
    proxyIsNamed: false,
    onQuit: (stop) =>
      app.on('before-quit', (event) => {
        event.preventDefault();
        stop();
      }),
    endAtOnce: () => app.exit(exitCodes.stopped),
  });
  app.exit(exitCode);
}
