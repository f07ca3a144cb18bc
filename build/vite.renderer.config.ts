import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { projectFolder } from './project.ts';

/**
 * The renderer. It is served at `app://cdr-desk/` under a content security policy without inline scripts and without
 * data addresses for code, so nothing is inlined and the module preload helper is left out.
 */
export default defineConfig({
  root: join(projectFolder, 'renderer'),
  base: '/',
  publicDir: false,
  plugins: [react()],
  build: {
    target: 'chrome114',
    outDir: join(projectFolder, '.vite', 'renderer', 'main_window'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
});
