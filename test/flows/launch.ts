import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchEnvironment } from '../../build/prepare-launch.ts';

export interface LaunchOptions {
  /** Further arguments for the application, such as `--demo`. */
  readonly args?: readonly string[];
}

/** The application, running in folders of its own. */
export interface Desk {
  readonly app: ElectronApplication;
  /** The first window, loaded. */
  readonly window: Page;
  readonly downloadFolder: string;
  /** The files of the profile (settings, history, logs, caches) that hold a text in plain sight. */
  profileHolds(text: string): Promise<string[]>;
  /** Quits and starts again with the same settings, history, queue and files. */
  restart(options?: LaunchOptions): Promise<Desk>;
  /** Quits, waits until the process is gone, and removes its folders. */
  close(): Promise<void>;
}

/** Starts the built application as new: no settings, no history, no file. */
export async function launchDesk(options?: LaunchOptions): Promise<Desk> {
  const home = await mkdtemp(join(tmpdir(), 'cdr-desk-flow-'));
  await mkdir(join(home, 'downloads'));
  return launchIn(home, options);
}

async function launchIn(home: string, options: LaunchOptions = {}): Promise<Desk> {
  const { executablePath, args } = inject('launch');
  const downloadFolder = join(home, 'downloads');
  const profile = join(home, 'profile');
  const app = await _electron.launch({
    executablePath,
    args: [
      ...args,
      `--user-data-dir=${profile}`,
      `--download-folder=${downloadFolder}`,
      ...(options.args ?? []),
    ],
    env: launchEnvironment({ DISPLAY: inject('display') }),
    // Without it the driver would hold the page at light, whatever the application's theme.
    colorScheme: null,
  });
  const window = await app.firstWindow();
  window.setDefaultTimeout(15_000);
  await window.waitForLoadState('load');
  return {
    app,
    window,
    downloadFolder,
    profileHolds: (text) => filesThatHold(text, profile),
    restart: async (nextOptions) => {
      await app.close();
      return launchIn(home, nextOptions);
    },
    close: async () => {
      await app.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function filesThatHold(text: string, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const holding = await Promise.all(files.map(async (file) => (await bytesOf(file)).includes(text)));
  return files.filter((_, index) => holding[index]);
}

/** Chromium may drop a temporary file of its own meanwhile; such a file holds nothing. */
const bytesOf = (file: string): Promise<Buffer> => readFile(file).catch(() => Buffer.alloc(0));
