/** The composition root: builds the parts, hands each what it needs, and holds no rules of its own. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app, BrowserWindow, clipboard, ipcMain, nativeTheme, safeStorage, session, shell } from 'electron';
import ElectronStore from 'electron-store';
import { createAccountManager } from './accounts/account-manager.ts';
import { accountSource } from './accounts/account-source.ts';
import { cliArguments } from './cli/cli-arguments.ts';
import { filesAtOnceOf } from './contract/settings.ts';
import { createSecretVault } from './credentials/secret-vault.ts';
import { setAppMenu } from './desktop/app-menu.ts';
import { declareAppScheme, serveApp } from './desktop/app-protocol.ts';
import { askForCertificates } from './desktop/ask-for-certificates.ts';
import { askForFolder } from './desktop/ask-for-folder.ts';
import { createBrowserConsent } from './desktop/browser-consent.ts';
import { explainAndQuit } from './desktop/explain-and-quit.ts';
import { keepOneWindow } from './desktop/one-window.ts';
import { createQueueSigns } from './desktop/queue-signs.ts';
import { quitInOrder } from './desktop/quit.ts';
import { watchSleep } from './desktop/sleep-wake.ts';
import { closeSession } from './desktop/window-security.ts';
import { createDownloadManager } from './downloads/download-manager.ts';
import { createQueueStore } from './downloads/queue-store.ts';
import { createHistoryStore } from './history/history-store.ts';
import { accountCalls } from './ipc/account-calls.ts';
import { desktopCalls } from './ipc/desktop-calls.ts';
import { downloadCalls } from './ipc/download-calls.ts';
import { historyCalls } from './ipc/history-calls.ts';
import { manifestCalls } from './ipc/manifest-calls.ts';
import { createEventPusher } from './ipc/push-events.ts';
import { reportCalls } from './ipc/report-calls.ts';
import { serveCalls } from './ipc/serve-calls.ts';
import { settingsCalls } from './ipc/settings-calls.ts';
import { createSettingsView } from './ipc/settings-view.ts';
import { createShowInFolder } from './ipc/show-in-folder.ts';
import { systemClock } from './lib/clock.ts';
import { DataInUseError, lockData } from './lib/data-lock.ts';
import { openDatabase } from './lib/database.ts';
import { createLog } from './lib/log.ts';
import { ensureWritable } from './lib/writable-folder.ts';
import { createManifestKeeper } from './manifest/manifest-keeper.ts';
import { createBudgets } from './network/budgets.ts';
import { createHttpClient } from './network/http-client.ts';
import { createNetworkWatch } from './network/network-watch.ts';
import { ownAddresses } from './network/own-addresses.ts';
import { runPackagedCli } from './packaged-cli.ts';
import { providers } from './providers/provider-list.ts';
import { createListings } from './reports/listings.ts';
import { createSettings } from './settings/settings-store.ts';

/** The most connections that the services allow one account, over lists and files together. */
const CONNECTIONS_PER_ACCOUNT = 20;
/** Found files that are held for the downloads that follow. Some 50 MB; the newest search is held whatever its size. */
const FILES_KEPT = 50_000;

/** As in forge.config.ts and for the installers. */
const APP_ID = 'org.cdrdesk.app';

const folder = app.getPath('userData');

const bundled = (name: string) => join(app.getAppPath(), '.vite/build', name);
const threads = { hash: bundled('hash-worker.cjs'), write: bundled('write-worker.cjs') };
const startHashWorker = () => new Worker(threads.hash);

const cliArgs = cliArguments(process.argv);
if (cliArgs) {
  void runPackagedCli({ args: cliArgs, folder, threads });
} else {
  declareAppScheme();
  // Windows shows notifications of applications only that it knows by the name that their installer gave.
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  if (folderIsWritable()) {
    if (app.requestSingleInstanceLock())
      app
        .whenReady()
        .then(start)
        .catch((error) => explainAndQuit(error, folder));
    else app.quit();
  }
}

/** Without its own folder there is no single instance either: Electron would end without a word. */
function folderIsWritable(): boolean {
  try {
    ensureWritable(folder);
    return true;
  } catch (error) {
    explainAndQuit(error, folder);
    return false;
  }
}

async function start(): Promise<void> {
  const standardFolder = app.commandLine.getSwitchValue('download-folder') || app.getPath('downloads');
  const log = createLog(join(folder, 'cdr-desk.log'));
  const clock = systemClock;
  const random = Math.random;
  // Electron would show a stack of calls to a person who can do nothing about it.
  process.on('uncaughtException', (error) => log.error('bug that nobody caught', error));
  process.on('unhandledRejection', (error) => log.error('promise that nobody awaited', error));
  const push = createEventPusher(() => BrowserWindow.getAllWindows());

  const settingsFile = new ElectronStore({ name: 'settings', cwd: folder, clearInvalidConfig: true });
  const settings = createSettings({ store: settingsFile });
  const vault = createSecretVault({
    safeStorage,
    store: new ElectronStore({ name: 'secrets', cwd: folder, clearInvalidConfig: true }),
    platform: process.platform,
  });
  // The command line may be at work on the same queue.
  const lock = lockData(folder);
  if (!lock) throw new DataInUseError();
  const database = openDatabase(join(folder, 'cdr-desk.sqlite'));
  const history = createHistoryStore(database);
  const listings = createListings({ mostFiles: FILES_KEPT });

  const budgets = createBudgets(CONNECTIONS_PER_ACCOUNT);
  const accounts = createAccountManager({
    providers,
    vault,
    settings,
    clock,
    browser: createBrowserConsent({ open: (address) => shell.openExternal(address), clock }),
    dataFolder: folder,
    openHttp: ({ key, certificate, imported }) =>
      createHttpClient({
        budget: budgets.of(key),
        certificate,
        imported,
        proxyFor: (url) => session.defaultSession.resolveProxy(url),
      }),
    onChange(state) {
      if (state.current === null) listings.clear();
      push('account.changed', state);
      void tellSettings();
      downloads.wake();
    },
  });

  const manifests = createManifestKeeper({
    database,
    history,
    startWorker: startHashWorker,
    clock,
    onTrouble: (what, error) => log.error(what, error),
  });

  const downloads = createDownloadManager({
    database,
    store: createQueueStore(database),
    history,
    startWriteWorker: () => new Worker(threads.write),
    clock,
    random,
    sourceOf(accountKey) {
      const account = accounts.byKey(accountKey);
      return account && accountSource(account);
    },
    atOnce: () => settings.get().atOnce,
    atOnceOf: (accountKey) => filesAtOnceOf(settings.get(), accountKey),
    speedLimit: () => settings.get().speedLimit,
    hours: () => settings.get().hours,
    onBatchEnd: manifests.write,
    onChanges(changes) {
      push('downloads.changed', changes);
      showQueue(changes.totals);
    },
    onFinished: () => push('history.changed', null),
    onAccessLost: (accountKey, failure) => accounts.loseAccess(accountKey, failure),
    onBug: (error) => log.error('bug in downloads', error),
    workFolder: join(folder, 'being-made'),
  });

  const showQueue = createQueueSigns({
    title: app.name,
    onClick() {
      showWindow();
      push('desktop.goTo', 'downloads');
    },
  });

  const { view, commonFolder } = createSettingsView({
    settings,
    accounts,
    vault,
    standardFolder,
    defaultServerAddress: providers[0]?.signIn.defaultServerAddress ?? '',
  });
  const tellSettings = async () => push('settings.changed', await view());

  settings.onChange((now) => {
    nativeTheme.themeSource = now.theme;
    downloads.wake();
    void tellSettings();
  });
  nativeTheme.themeSource = settings.get().theme;

  const askForSaveFolder = (current: string) => askForFolder(current, 'Save files here');
  const showInFolder = createShowInFolder((path) => shell.showItemInFolder(path));
  serveCalls(
    ipcMain,
    {
      account: accountCalls({
        accounts,
        commonFolder,
        askForFolder: askForSaveFolder,
        askForCertificates,
      }),
      reports: reportCalls({
        accounts,
        listings,
        clock,
        random,
        onProgress: (progress) => push('reports.findProgress', progress),
      }),
      downloads: downloadCalls({
        accounts,
        listings,
        downloads,
        leaveManifest: () => settings.get().leaveManifest,
        showInFolder,
        standardFolder,
      }),
      manifest: manifestCalls({
        startWorker: startHashWorker,
        clock,
        askForFolder: async () => askForFolder((await view()).effectiveFolder, 'Check this folder'),
        onProgress: (progress) => push('manifest.checkProgress', progress),
      }),
      history: historyCalls({
        history,
        downloads,
        clock,
        showInFolder,
        onChange: () => push('history.changed', null),
      }),
      settings: settingsCalls({
        settings,
        accounts,
        view,
        askForFolder: askForSaveFolder,
      }),
      desktop: desktopCalls({
        version: app.getVersion(),
        platform: `${process.platform} ${process.arch}, Electron ${process.versions.electron}`,
        copyText: (text) => clipboard.writeText(text),
      }),
    },
    (call, error) => log.error(`bug in ${call}`, error),
  );

  const showWindow = keepOneWindow({
    preload: bundled('preload.cjs'),
    title: app.name,
    memory: {
      recall: () => settingsFile.get('window'),
      keep: (bounds) => settingsFile.set('window', bounds),
    },
    developing: !app.isPackaged,
    onTrouble: (what, error) => log.error(what, error),
  });
  closeSession(session.defaultSession);
  serveApp(join(app.getAppPath(), '.vite/renderer/main_window'));
  setAppMenu({
    appName: app.name,
    isMac: process.platform === 'darwin',
    goTo: (screen) => push('desktop.goTo', screen),
  });
  const network = createNetworkWatch({
    clock,
    addresses: ownAddresses,
    onLost() {
      downloads.interrupt();
      budgets.closeIdle();
    },
    onBack: downloads.wake,
  });
  watchSleep({ onSleep: downloads.interrupt, onWake: network.check });
  quitInOrder(app, {
    steps: [
      async () => network.close(),
      () => downloads.stop(),
      () => manifests.close(),
      () => accounts.close(),
      () => database.close(),
      () => lock.release(),
    ],
    clock,
    onBug: (error) => log.error('bug while quitting', error),
  });

  const signIn = app.commandLine.hasSwitch('demo') ? accounts.startDemo() : accounts.restore();
  await signIn.catch((error) => log.error('bug while signing in at the start', error));
  // One may be open already: macOS activates the application as soon as it is started.
  showWindow();
}
