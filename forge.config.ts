import { VitePlugin } from '@electron-forge/plugin-vite';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { setFuses } from './build/fuses.ts';

/** A folder that has Electron's zip, where it can't be fetched. */
const electronZipDir = process.env.ELECTRON_ZIP_DIR;

/** Packages the application into a folder; installers are made from that folder. */
const config: ForgeConfig = {
  packagerConfig: {
    name: 'CDR Desk',
    executableName: 'cdr-desk',
    appBundleId: 'org.cdrdesk.app',
    asar: true,
    ...(electronZipDir ? { electronZipDir } : {}),
  },
  hooks: {
    packageAfterExtract: (_config, folder, _version, platform) => setFuses(folder, platform),
  },
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'electron/main.ts', config: 'build/vite.main.config.ts', target: 'main' },
        { entry: 'electron/preload.ts', config: 'build/vite.preload.config.ts', target: 'preload' },
        {
          entry: 'electron/manifest/hash-worker.ts',
          config: 'build/vite.hash-worker.config.ts',
          target: 'main',
        },
        {
          entry: 'electron/downloads/write-worker.ts',
          config: 'build/vite.write-worker.config.ts',
          target: 'main',
        },
      ],
      renderer: [{ name: 'main_window', config: 'build/vite.renderer.config.ts' }],
    }),
  ],
};

export default config;
