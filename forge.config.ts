import { VitePlugin } from '@electron-forge/plugin-vite';
import type { ForgeConfig } from '@electron-forge/shared-types';

/** Packages the application into a folder; installers are made from that folder. */
const config: ForgeConfig = {
  packagerConfig: {
    name: 'CDR Desk',
    executableName: 'cdr-desk',
    appBundleId: 'org.cdrdesk.app',
    asar: true,
  },
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'electron/main.ts', config: 'build/vite.main.config.ts', target: 'main' },
        { entry: 'electron/preload.ts', config: 'build/vite.preload.config.ts', target: 'preload' },
      ],
      renderer: [{ name: 'main_window', config: 'build/vite.renderer.config.ts' }],
    }),
  ],
};

export default config;
